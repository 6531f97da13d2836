import type { PictureTemplateName } from '@libs/tasks'
import type { Template } from '@libs/workflow'

export type ShownTemplate<Name extends PictureTemplateName> = Omit<Template<Name>, 'written'>

/** Without the words that a vendor's client wrote it in. */
export function presentTemplate<Name extends PictureTemplateName>({
  written: _,
  ...shown
}: Template<Name>): ShownTemplate<Name> {
  return shown
}
