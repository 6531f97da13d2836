import { isDeepStrictEqual } from 'node:util'
import type { PictureTemplateName, TemplateName } from '@libs/tasks'
import { ChangeTemplate, DeleteTemplate, type NewTemplate, type Template } from '@libs/workflow'
import type { z } from 'zod'
import { changesOf } from '../../codecs/templates/template-parameters'
import { encodeTemplate } from '../../codecs/templates/template.codec'
import { actionParameters, defineAction } from '../../define-action'
import type { Action } from '../../../dialect'
import { definition } from '../../protocol/fields'
import { checkParameters } from '../../../parameters/check-parameters'

interface ModifySteps<Name extends PictureTemplateName, Schema extends z.ZodType> {
  readonly template: Name
  readonly shape: z.ZodRawShape
  /** A whole template's parameters. */
  readonly parameters: Schema
  readonly decode: (parameters: z.output<Schema>) => NewTemplate<Name>
}

/** Modify…Template: what is left out stays, and what comes of it is checked as a new template's parameters are. */
export function modifyTemplateAction<Name extends PictureTemplateName, Schema extends z.ZodType>({
  template,
  shape,
  parameters,
  decode,
}: ModifySteps<Name, Schema>): Action {
  const names = Object.keys(shape)
  return defineAction({
    parameters: actionParameters({ Definition: definition, ...changesOf(shape) }),
    useCase: ChangeTemplate,
    toCommand(given, { subAppId }) {
      const changes = Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name)))
      const revise = (current: Template<Name>): NewTemplate<Name> => {
        const had = Object.fromEntries(Object.entries(encodeTemplate(current)).filter(([name]) => names.includes(name)))
        const revised = decode(checkParameters(parameters, { ...had, ...changes }))
        const before = decode(checkParameters(parameters, had))
        return { ...revised, settings: revisedSettings(current.settings, before.settings, revised.settings) }
      }
      return { subAppId, id: { template, definition: given.Definition }, revise }
    },
    execute: (change, { subAppId, id, revise }) => change.execute(subAppId, id, revise),
    toResponse: () => ({}),
  })
}

/** What the vendor has no word for stays as it is. */
function revisedSettings<Settings extends object>(current: Settings, before: Settings, revised: Settings): Settings {
  const earlier = new Map<string, unknown>(Object.entries(before))
  const changed = Object.entries(revised).filter(([name, value]) => !isDeepStrictEqual(value, earlier.get(name)))
  return { ...current, ...Object.fromEntries(changed) }
}

/** Delete…Template. */
export function deleteTemplateAction(template: TemplateName): Action {
  return defineAction({
    parameters: actionParameters({ Definition: definition }),
    useCase: DeleteTemplate,
    toCommand: ({ Definition }, { subAppId }) => ({ subAppId, id: { template, definition: Definition } }),
    execute: (remove, { subAppId, id }) => remove.execute(subAppId, id),
    toResponse: () => ({}),
  })
}
