import { AppError, type SubAppId } from '@libs/kernel'
import { pictureKinds, type TemplateName } from '@libs/tasks'
import type { Stores } from '../ports/stores/unit-of-work.port'
import type { TaskRequest } from '../procedures/procedure'
import { presetTemplates } from './preset-templates'
import type { Template } from './template'

/** The templates that task requests name, by kind of template and definition. */
export type LoadedTemplates = { readonly [Name in TemplateName]: ReadonlyMap<number, Template<Name>> }

async function load<Name extends TemplateName>(
  stores: Stores,
  subAppId: SubAppId,
  template: Name,
  tasks: readonly TaskRequest[],
): Promise<ReadonlyMap<number, Template<Name>>> {
  const preset: Template<Name> = presetTemplates[template]
  const asked = tasks.filter((task) => pictureKinds[task.kind].template === template).map((task) => task.definition)
  const definitions = [...new Set(asked)].filter((definition) => definition !== preset.definition)
  const custom = definitions.length === 0 ? [] : await stores.templates.list(subAppId, { template, definitions })
  return new Map([preset, ...custom].map((loaded) => [loaded.definition, loaded]))
}

/**
 * Loads what the requests draw on.
 * @throws AppError `template.notFound` for the first request whose definition is not there
 */
export async function loadTemplates(
  stores: Stores,
  subAppId: SubAppId,
  tasks: readonly TaskRequest[],
): Promise<LoadedTemplates> {
  const loaded: LoadedTemplates = {
    snapshotByTimeOffset: await load(stores, subAppId, 'snapshotByTimeOffset', tasks),
    sampleSnapshot: await load(stores, subAppId, 'sampleSnapshot', tasks),
    imageSprite: await load(stores, subAppId, 'imageSprite', tasks),
  }
  tasks.forEach((task, index) => {
    const { template } = pictureKinds[task.kind]
    if (loaded[template].has(task.definition)) return
    throw new AppError('template.notFound', `There is no ${template} template with definition ${task.definition}.`, {
      field: `tasks.${index}.definition`,
    })
  })
  return loaded
}
