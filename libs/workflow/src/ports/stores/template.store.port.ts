import type { SubAppId } from '@libs/kernel'
import type { TemplateName, TemplateSettings } from '@libs/tasks'
import type { Template, WrittenSettings } from '../../templates/template'

export interface NewTemplate<Name extends TemplateName> {
  readonly template: Name
  readonly name: string
  readonly comment: string
  readonly settings: TemplateSettings[Name]
  readonly written?: WrittenSettings | undefined
  readonly retainResultsDays?: number | undefined
}

export interface TemplateQuery<Name extends TemplateName> {
  readonly template: Name
  readonly definitions: readonly number[] | undefined
}

/** Custom templates; presets are not stored. */
export abstract class TemplateStore {
  /** @returns the new definition, never one that was used before */
  abstract insert<Name extends TemplateName>(subAppId: SubAppId, template: NewTemplate<Name>, at: Date): Promise<number>

  /** To be called in a transaction: until it ends, nobody else adds such a template. @returns how many there are */
  abstract countForInsert(subAppId: SubAppId, template: TemplateName): Promise<number>

  /** To be called in a transaction, at whose end the template may be changed by others again. */
  abstract findForChange<Name extends TemplateName>(
    subAppId: SubAppId,
    id: { readonly template: Name; readonly definition: number },
  ): Promise<Template<Name> | undefined>

  /** Gives the template of that definition another name, comment and settings. */
  abstract replace<Name extends TemplateName>(definition: number, template: NewTemplate<Name>, at: Date): Promise<void>

  abstract remove(
    subAppId: SubAppId,
    id: { readonly template: TemplateName; readonly definition: number },
  ): Promise<void>

  /** @returns by ascending definition */
  abstract list<Name extends TemplateName>(
    subAppId: SubAppId,
    query: TemplateQuery<Name>,
  ): Promise<readonly Template<Name>[]>
}
