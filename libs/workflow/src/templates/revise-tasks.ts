import { AppError, type SubAppId } from '@libs/kernel'
import type { PictureTemplateName } from '@libs/tasks'
import type { SubAppStores } from '../ports/stores/unit-of-work.port'
import type { TaskRequest } from '../procedures/procedure'
import { loadTemplate } from './load-templates'
import type { Template } from './template'

interface Revision<Name extends PictureTemplateName> {
  readonly template: Name
  readonly definition: number
  /** @returns a task with settings of its own */
  readonly revise: (template: Template<Name>) => TaskRequest
}

/** A task of a template that is changed for this once. */
export type RevisedTask = { [Name in PictureTemplateName]: Revision<Name> }[PictureTemplateName]

/** @throws AppError `template.notFound`, what `revise` throws */
export async function reviseTasks(
  stores: SubAppStores,
  subAppId: SubAppId,
  tasks: readonly (TaskRequest | RevisedTask)[],
): Promise<readonly TaskRequest[]> {
  const revised: TaskRequest[] = []
  for (const [index, task] of tasks.entries()) {
    revised.push('revise' in task ? await reviseOne(stores, subAppId, task, `tasks.${index}.definition`) : task)
  }
  return revised
}

/** Case by case, for the compiler: the template is of the kind that is revised. */
function reviseOne(stores: SubAppStores, subAppId: SubAppId, task: RevisedTask, field: string): Promise<TaskRequest> {
  switch (task.template) {
    case 'snapshotByTimeOffset':
      return revise(stores, subAppId, task, field)
    case 'sampleSnapshot':
      return revise(stores, subAppId, task, field)
    case 'imageSprite':
      return revise(stores, subAppId, task, field)
  }
}

async function revise<Name extends PictureTemplateName>(
  stores: SubAppStores,
  subAppId: SubAppId,
  { template, definition, revise: change }: Revision<Name>,
  field: string,
): Promise<TaskRequest> {
  const found = await loadTemplate(stores, subAppId, { template, definition })
  if (found !== undefined) return change(found)
  throw new AppError('template.notFound', `There is no ${template} template with definition ${definition}.`, { field })
}
