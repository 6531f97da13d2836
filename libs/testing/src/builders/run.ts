import { newRunId, newTaskId } from '@libs/kernel'
import { pictureDefaults } from '@libs/tasks'
import type { KindName, TaskSpec } from '@libs/tasks'
import type { Media, Run, Task, TaskFacts } from '@libs/workflow'

const picture = {
  widthPx: 0,
  heightPx: 0,
  resolutionAdaptive: true,
  format: 'jpg',
  fill: 'black',
  ...pictureDefaults,
} as const

/** A task of each kind with settings that are right for it. */
const specs: { readonly [Name in KindName]: TaskSpec<Name> } = {
  snapshotByTimeOffset: {
    kind: 'snapshotByTimeOffset',
    settings: picture,
    request: { offsets: [{ unit: 's', value: 3.5 }] },
  },
  sampleSnapshot: {
    kind: 'sampleSnapshot',
    settings: { ...picture, sampling: { by: 'percent', intervalPercent: 10 } },
    request: {},
  },
  imageSprites: {
    kind: 'imageSprites',
    settings: { ...picture, sampling: { by: 'time', intervalMs: 2_000 }, rows: 3, columns: 3 },
    request: {},
  },
  coverBySnapshot: {
    kind: 'coverBySnapshot',
    settings: picture,
    request: { position: { unit: 'percent', value: 50 } },
  },
  ingest: { kind: 'ingest', settings: {}, request: {} },
}

export function aRun(media: Media, overrides: Partial<Run> = {}): Run {
  return {
    id: newRunId(Date.now()),
    subAppId: media.subAppId,
    type: 'process',
    mediaId: media.id,
    dialect: 'tencent-vod',
    procedureName: undefined,
    nextRunId: undefined,
    state: 'waiting',
    notifyMode: undefined,
    priority: 0,
    callbackUrl: undefined,
    sessionContext: '',
    sessionId: '',
    createdAt: new Date(1_795_000_000_000),
    startedAt: undefined,
    finishedAt: undefined,
    ...overrides,
  }
}

export function aTask(run: Run, kind: KindName, overrides: Partial<TaskFacts> = {}): Task {
  return {
    ...specs[kind],
    id: newTaskId(Date.now()),
    runId: run.id,
    index: 0,
    definition: kind === 'ingest' ? undefined : 10,
    state: 'waiting',
    generation: 0,
    tries: 0,
    progressPercent: 0,
    frameCount: undefined,
    output: undefined,
    fault: undefined,
    startedAt: undefined,
    finishedAt: undefined,
    ...overrides,
  }
}
