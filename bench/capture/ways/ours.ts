import { type FrameAccuracy, type Offset, pictureDefaults } from '@libs/tasks'
import type { Engine, Film, PictureTask } from '../engine'
import type { SpriteShape } from './sprite-ways'
import type { Way } from './way'

const still = {
  widthPx: 640,
  heightPx: 0,
  resolutionAdaptive: false,
  format: 'jpg',
  fill: 'stretch',
  ...pictureDefaults,
} as const

/** One still every twentieth of the film. */
export function sampledStills(accuracy: FrameAccuracy, format: 'jpg' | 'png' = 'jpg'): PictureTask {
  const sampling = { by: 'percent', intervalPercent: 5 } as const
  return { kind: 'sampleSnapshot', input: { settings: { ...still, format, sampling }, request: { accuracy } } }
}

export function stillsAt(offsets: readonly Offset[]): PictureTask {
  return { kind: 'snapshotByTimeOffset', input: { settings: still, request: { offsets: [...offsets] } } }
}

export function sprite({ widthPx, heightPx, rows, columns, everyS }: SpriteShape): PictureTask {
  const sampling = { by: 'time', intervalMs: everyS * 1_000 } as const
  const settings = { ...still, widthPx, heightPx, rows, columns, sampling }
  return { kind: 'imageSprites', input: { settings, request: {} } }
}

const preset = { ...still, widthPx: 0, resolutionAdaptive: true } as const

/** What ProcessMedia with definition 10 of every kind comes to, as the product's presets have it. */
export const presetTasks: readonly PictureTask[] = [
  { kind: 'snapshotByTimeOffset', input: { settings: preset, request: { offsets: [{ unit: 's', value: 3.5 }] } } },
  {
    kind: 'sampleSnapshot',
    input: { settings: { ...preset, sampling: { by: 'percent', intervalPercent: 10 } }, request: {} },
  },
  sprite({ rows: 10, columns: 10, widthPx: 142, heightPx: 80, everyS: 10 }),
  { kind: 'coverBySnapshot', input: { settings: preset, request: { position: { unit: 'percent', value: 10 } } } },
]

/** The engine's own way. */
export function ours(name: string, engine: Engine, film: Film, task: PictureTask): Way {
  const isKeyframe = task.input.request.accuracy === 'keyframe'
  return {
    ...{ name, of: 'ours', shows: isKeyframe ? 'keyframe' : 'on screen', decodes: 0 },
    run: async () => (await engine.perform(film, task)).length,
  }
}
