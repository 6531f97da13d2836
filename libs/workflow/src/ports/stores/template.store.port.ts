import type { SubAppId } from '@libs/kernel'
import type { TemplateName, TemplateSettings } from '@libs/tasks'
import type { Template } from '../../templates/template'

export interface NewTemplate<Name extends TemplateName> {
  readonly template: Name
  readonly name: string
  readonly comment: string
  readonly settings: TemplateSettings[Name]
}

export interface TemplateQuery<Name extends TemplateName> {
  readonly template: Name
  readonly definitions: readonly number[] | undefined
}

/** Custom templates; presets are not stored. */
export abstract class TemplateStore {
  /** @returns the new definition, never one that was used before */
  abstract insert<Name extends TemplateName>(subAppId: SubAppId, template: NewTemplate<Name>, at: Date): Promise<number>

  /** @returns by ascending definition */
  abstract list<Name extends TemplateName>(
    subAppId: SubAppId,
    query: TemplateQuery<Name>,
  ): Promise<readonly Template<Name>[]>
}
