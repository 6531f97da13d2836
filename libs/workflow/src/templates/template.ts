import type { TemplateName, TemplateSettings } from '@libs/tasks'

/** Stored settings for one recipe. Presets come with the product and cannot be changed. */
export type Template<Name extends TemplateName = TemplateName> = {
  [N in Name]: {
    readonly template: N
    readonly definition: number
    readonly type: 'preset' | 'custom'
    readonly name: string
    readonly comment: string
    readonly settings: TemplateSettings[N]
    readonly createdAt: Date
    readonly updatedAt: Date
  }
}[Name]

/** Custom templates are numbered from here; presets are below. */
export const firstCustomDefinition = 1000
