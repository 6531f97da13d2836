import type { SubAppId } from '@libs/kernel'
import type { TemplateName } from '@libs/tasks'
import { type Page, pageOf, type PageRequest } from '../page'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import { type TemplateId, unknownTemplate } from './change-template'
import { loadTemplate } from './load-templates'
import { presetOf } from './preset-templates'
import type { Template } from './template'

export interface DescribeTemplatesQuery<Name extends TemplateName> extends PageRequest {
  readonly template: Name
  readonly definitions?: readonly number[] | undefined
  readonly type?: 'preset' | 'custom' | undefined
  /** Which of them to list; all by default. */
  readonly accepts?: ((template: Template<Name>) => boolean) | undefined
}

/** Presets first, then custom templates by definition. */
export class DescribeTemplates {
  constructor(private readonly work: SubAppWork) {}

  async execute<Name extends TemplateName>(
    subAppId: SubAppId,
    query: DescribeTemplatesQuery<Name>,
  ): Promise<Page<Template<Name>>> {
    const { template, definitions, type, accepts = () => true } = query
    const preset = presetOf(template)
    const presets = preset !== undefined && type !== 'custom' && isAsked(preset, definitions) ? [preset] : []
    const list = () => this.work.run(subAppId, ({ templates }) => templates.list(subAppId, { template, definitions }))
    const custom = type === 'preset' ? [] : await list()
    return pageOf([...presets, ...custom].filter(accepts), query)
  }

  /** @throws AppError `template.notFound` */
  async one<Name extends TemplateName>(subAppId: SubAppId, id: TemplateId<Name>): Promise<Template<Name>> {
    const found = await this.work.run(subAppId, (stores) => loadTemplate(stores, subAppId, id))
    if (found === undefined) throw unknownTemplate(id)
    return found
  }
}

function isAsked({ definition }: { readonly definition: number }, definitions: readonly number[] | undefined): boolean {
  return definitions?.includes(definition) ?? true
}
