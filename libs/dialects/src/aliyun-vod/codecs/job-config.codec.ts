import type { FrameAccuracy, PictureKindName, PictureSettings } from '@libs/tasks'
import type { Task } from '@libs/workflow'

/** GetJobDetail's short names, as its samples have them: `ft` is the type of frame, `tm` the start in ms. */
function pictureConfig(settings: PictureSettings) {
  const side = (px: number) => (px === 0 ? undefined : String(px))
  return { wd: side(settings.widthPx), hg: side(settings.heightPx), ft: frameType(settings.accuracy) }
}

function frameType(accuracy: FrameAccuracy): 'normal' | 'intra' {
  return accuracy === 'keyframe' ? 'intra' : 'normal'
}

type Encoders = { readonly [Kind in PictureKindName]: (task: Task<Kind>) => object }

const encoders: Encoders = {
  snapshotByTimeOffset: ({ settings, request }) => ({
    NormalConfig: JSON.stringify({ ...pictureConfig(settings), num: request.offsets.length }),
  }),
  sampleSnapshot: ({ settings }) => ({ NormalConfig: JSON.stringify(pictureConfig(settings)) }),
  coverBySnapshot: ({ settings }) => ({ NormalConfig: JSON.stringify({ ...pictureConfig(settings), num: 1 }) }),
  imageSprites: ({ settings }) => ({
    SpriteConfig: JSON.stringify({ ...pictureConfig(settings), lines: settings.rows, cols: settings.columns }),
  }),
}

/** NormalConfig and SpriteConfig of a job: JSON as text. */
export function encodeJobConfig<Kind extends PictureKindName>(task: Task<Kind>): object {
  const encode: (task: Task<Kind>) => object = encoders[task.kind]
  return encode(task)
}
