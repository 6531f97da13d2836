import type { TemplateName, TemplateSettings } from '@libs/tasks'

/** Settings in a vendor's own words. */
export interface WrittenSettings {
  readonly dialect: string
  readonly text: string
}

/** Stored settings for one recipe. Presets come with the product and cannot be changed. */
export type Template<Name extends TemplateName = TemplateName> = {
  [N in Name]: {
    readonly template: N
    readonly definition: number
    readonly type: 'preset' | 'custom'
    readonly name: string
    readonly comment: string
    readonly settings: TemplateSettings[N]
    /** The words that its settings were given in, where a dialect tells them again as they were. */
    readonly written?: WrittenSettings | undefined
    /** How long its results are kept; absent: as long as the deployment says. */
    readonly retainResultsDays?: number | undefined
    readonly createdAt: Date
    readonly updatedAt: Date
  }
}[Name]

/** Custom templates are numbered from here; presets are below. */
export const firstCustomDefinition = 1000
