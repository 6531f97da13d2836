import type { SubAppId } from '@libs/kernel'
import type { TemplateName } from '@libs/tasks'
import { type Page, pageOf, type PageRequest } from '../page'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import { presetTemplates } from './preset-templates'
import type { Template } from './template'

export interface DescribeTemplatesQuery<Name extends TemplateName> extends PageRequest {
  readonly template: Name
  readonly definitions?: readonly number[] | undefined
  readonly type?: 'preset' | 'custom' | undefined
}

/** Presets first, then custom templates by definition. */
export class DescribeTemplates {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute<Name extends TemplateName>(
    subAppId: SubAppId,
    query: DescribeTemplatesQuery<Name>,
  ): Promise<Page<Template<Name>>> {
    const { template, definitions, type } = query
    const preset: Template<Name> = presetTemplates[template]
    const wanted = definitions === undefined || definitions.includes(preset.definition)
    const presets = type !== 'custom' && wanted ? [preset] : []
    const custom =
      type === 'preset' ? [] : await this.unitOfWork.stores.templates.list(subAppId, { template, definitions })
    return pageOf([...presets, ...custom], query)
  }
}
