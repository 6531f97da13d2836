import { AppError, type SubAppId } from '@libs/kernel'
import { type PictureTemplateName, pictureKinds, type TemplateName, type WatermarkRequest } from '@libs/tasks'
import type { SubAppStores } from '../ports/stores/unit-of-work.port'
import type { TaskRequest } from '../procedures/procedure'
import { presetOf } from './preset-templates'
import type { Template } from './template'

/** The templates that task requests name, by kind of template and definition. */
export type LoadedTemplates = { readonly [Name in TemplateName]: ReadonlyMap<number, Template<Name>> }

/** The watermarks that a task request names, in order. */
export function watermarksOf({ request }: TaskRequest): readonly WatermarkRequest[] {
  return 'watermarks' in request ? (request.watermarks ?? []) : []
}

async function load<Name extends TemplateName>(
  stores: SubAppStores,
  subAppId: SubAppId,
  template: Name,
  asked: readonly number[],
): Promise<ReadonlyMap<number, Template<Name>>> {
  const preset = presetOf(template)
  const definitions = [...new Set(asked)].filter((definition) => definition !== preset?.definition)
  const custom = definitions.length === 0 ? [] : await stores.templates.list(subAppId, { template, definitions })
  const presets = preset === undefined ? [] : [preset]
  return new Map([...presets, ...custom].map((loaded) => [loaded.definition, loaded]))
}

/** @returns undefined when there is none */
export async function loadTemplate<Name extends TemplateName>(
  stores: SubAppStores,
  subAppId: SubAppId,
  { template, definition }: { readonly template: Name; readonly definition: number },
): Promise<Template<Name> | undefined> {
  return (await load(stores, subAppId, template, [definition])).get(definition)
}

/**
 * Loads what the requests draw on.
 * @throws AppError `template.notFound` for the first request whose definition is not there, `request.missingParameter`
 *   for one with neither a definition nor settings
 */
export async function loadTemplates(
  stores: SubAppStores,
  subAppId: SubAppId,
  tasks: readonly TaskRequest[],
): Promise<LoadedTemplates> {
  const askedOf = (template: PictureTemplateName): readonly number[] =>
    tasks.flatMap(({ kind, definition, settings }) =>
      pictureKinds[kind].template !== template || settings !== undefined || definition === undefined
        ? []
        : [definition],
    )
  const watermarks = tasks.flatMap(watermarksOf).map(({ definition }) => definition)
  const loaded: LoadedTemplates = {
    snapshotByTimeOffset: await load(stores, subAppId, 'snapshotByTimeOffset', askedOf('snapshotByTimeOffset')),
    sampleSnapshot: await load(stores, subAppId, 'sampleSnapshot', askedOf('sampleSnapshot')),
    imageSprite: await load(stores, subAppId, 'imageSprite', askedOf('imageSprite')),
    watermark: await load(stores, subAppId, 'watermark', watermarks),
  }
  const check = (template: keyof LoadedTemplates, definition: number, field: string): void => {
    if (loaded[template].has(definition)) return
    throw new AppError('template.notFound', `There is no ${template} template with definition ${definition}.`, {
      field,
    })
  }
  tasks.forEach((task, index) => {
    const field = `tasks.${index}`
    if (task.settings === undefined) {
      check(pictureKinds[task.kind].template, givenDefinition(task, field), `${field}.definition`)
    }
    watermarksOf(task).forEach(({ definition }, at) => {
      check('watermark', definition, `${field}.watermarks.${at}.definition`)
    })
  })
  return loaded
}

function givenDefinition({ definition }: TaskRequest, field: string): number {
  if (definition !== undefined) return definition
  throw new AppError('request.missingParameter', 'A task needs a template or settings of its own.', {
    field: `${field}.definition`,
  })
}
