import { AppError } from '@libs/kernel'
import { pictureKinds } from '@libs/tasks'
import type { RevisedTask, TaskRequest } from '@libs/workflow'
import { brokenSheetRules } from '../templates/template-bodies'
import type { TaskBody } from './task-body'

/**
 * @param index of the task in the body
 * @returns the task with what this call puts over its template, field by field
 * @throws AppError `request.invalidValue`, once the template is known, when a sheet becomes too large
 */
export function reviseTask({ overrides, ...task }: TaskBody, index: number): TaskRequest | RevisedTask {
  if (overrides === undefined || task.definition === undefined) return task
  const { definition } = task
  switch (task.kind) {
    case 'snapshotByTimeOffset':
    case 'coverBySnapshot':
      return {
        template: 'snapshotByTimeOffset',
        definition,
        revise: ({ settings }) => ({
          ...task,
          settings: pictureKinds[task.kind].settings.parse({ ...settings, ...overrides }),
        }),
      }
    case 'sampleSnapshot':
      return {
        template: 'sampleSnapshot',
        definition,
        revise: ({ settings }) => ({
          ...task,
          settings: pictureKinds.sampleSnapshot.settings.parse({ ...settings, ...overrides }),
        }),
      }
    case 'imageSprites':
      return {
        template: 'imageSprite',
        definition,
        revise: (template) => {
          const settings = pictureKinds.imageSprites.settings.parse({ ...template.settings, ...overrides })
          const [broken] = brokenSheetRules(settings)
          if (broken === undefined) return { ...task, settings }
          throw new AppError('request.invalidValue', broken.message, {
            field: `tasks.${index}.overrides.${broken.field}`,
          })
        },
      }
  }
}
