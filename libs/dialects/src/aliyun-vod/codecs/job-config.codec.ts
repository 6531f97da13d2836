import type { PictureKindName, PictureSettings, Sampling } from '@libs/tasks'
import type { Task } from '@libs/workflow'
import { frameTypeOf } from '../../aliyun-rpc/snapshots/picture.codec'
import { encodeSeries } from './series.codec'

/** GetJobDetail's short names, as its samples have them: `ft` is the type of frame, `tm` the start in ms. */
function pictureConfig(settings: PictureSettings) {
  const side = (px: number) => (px === 0 ? undefined : String(px))
  return { wd: side(settings.widthPx), hg: side(settings.heightPx), ft: frameTypeOf(settings.accuracy) }
}

function seriesConfig(sampling: Sampling) {
  const { Count, Interval, SpecifiedOffsetTime } = encodeSeries(sampling)
  return { inl: Interval, num: Count, tm: SpecifiedOffsetTime }
}

type Encoders = { readonly [Kind in PictureKindName]: (task: Task<Kind>) => object }

const encoders: Encoders = {
  snapshotByTimeOffset: ({ settings, request }) => ({
    NormalConfig: JSON.stringify({ ...pictureConfig(settings), num: request.offsets.length }),
  }),
  sampleSnapshot: ({ settings }) => ({
    NormalConfig: JSON.stringify({ ...seriesConfig(settings.sampling), ...pictureConfig(settings) }),
  }),
  coverBySnapshot: ({ settings }) => ({ NormalConfig: JSON.stringify({ ...pictureConfig(settings), num: 1 }) }),
  imageSprites: ({ settings }) => ({
    NormalConfig: JSON.stringify({ ...seriesConfig(settings.sampling), ft: frameTypeOf(settings.accuracy) }),
    SpriteConfig: JSON.stringify({
      ...{ pad: settings.paddingPx ?? 0, mgin: settings.marginPx ?? 0, lines: settings.rows, cols: settings.columns },
      ...{ ikcp: settings.delivery === 'both', ...pictureConfig(settings), ft: undefined },
    }),
  }),
}

/** NormalConfig and SpriteConfig of a job: JSON as text. */
export function encodeJobConfig<Kind extends PictureKindName>(task: Task<Kind>): object {
  const encode: (task: Task<Kind>) => object = encoders[task.kind]
  return encode(task)
}
