import { newTaskId, type RunId } from '@libs/kernel'
import { type FrozenWatermark, pictureKindNames, type TaskSpec } from '@libs/tasks'
import type { TaskRequest } from '../procedures/procedure'
import { type LoadedTemplates, watermarksOf } from '../templates/load-templates'
import type { Task } from './run'

type PictureTaskSpec = TaskSpec<TaskRequest['kind']>

/** Tencent Cloud VOD, "WatermarkInput": text and SVG are not put on snapshots, so only images are kept to draw. */
function freezeWatermarks(
  request: TaskRequest,
  templates: LoadedTemplates,
): { readonly watermarks?: FrozenWatermark[] } {
  const watermarks = watermarksOf(request).flatMap(({ definition }): readonly FrozenWatermark[] => {
    const settings = templates.watermark.get(definition)?.settings
    if (settings?.mark.type !== 'image') return []
    return [{ ...settings, mark: settings.mark, definition }]
  })
  return watermarks.length === 0 ? {} : { watermarks }
}

/** Freezes its own settings or the template's into one request; the request's template is among the loaded ones. */
function freeze(request: TaskRequest, templates: LoadedTemplates): PictureTaskSpec | undefined {
  const marked = freezeWatermarks(request, templates)
  const { definition = NaN } = request
  switch (request.kind) {
    case 'snapshotByTimeOffset':
    case 'coverBySnapshot': {
      const settings = request.settings ?? templates.snapshotByTimeOffset.get(definition)?.settings
      return settings && { ...request, settings: { ...settings, ...marked } }
    }
    case 'sampleSnapshot': {
      const settings = request.settings ?? templates.sampleSnapshot.get(definition)?.settings
      return settings && { ...request, settings: { ...settings, ...marked } }
    }
    case 'imageSprites': {
      const settings = request.settings ?? templates.imageSprite.get(definition)?.settings
      return settings && { ...request, settings }
    }
  }
}

/** A task as it is before anything has happened to it. */
export function newTask(runId: RunId, index: number, spec: TaskSpec, at: Date, definition?: number): Task {
  return {
    ...spec,
    id: newTaskId(at.getTime()),
    runId,
    index,
    definition,
    state: 'waiting',
    generation: 0,
    tries: 0,
    progressPercent: 0,
    frameCount: undefined,
    output: undefined,
    fault: undefined,
    startedAt: undefined,
    finishedAt: undefined,
  }
}

/**
 * One task per request, its settings frozen, ordered by kind as results are listed, and within a kind as asked.
 * Pure but for the ids.
 */
export function expandRun(
  runId: RunId,
  requests: readonly TaskRequest[],
  templates: LoadedTemplates,
  at: Date,
): readonly Task[] {
  const ordered = pictureKindNames.flatMap((kind) => requests.filter((request) => request.kind === kind))
  return ordered.flatMap((request, index) => {
    const spec = freeze(request, templates)
    return spec === undefined ? [] : [newTask(runId, index, spec, at, request.definition)]
  })
}
