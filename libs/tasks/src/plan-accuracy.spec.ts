import type { MediaInfo } from './media-info'
import { pictureKinds } from './registry'
import type { FrameAccuracy } from './stills/picture'

const { snapshotByTimeOffset, sampleSnapshot, imageSprites, coverBySnapshot } = pictureKinds

const media: MediaInfo = {
  container: 'mov',
  sizeBytes: 1,
  bitrateBps: 0,
  durationMs: 10_000,
  startMs: 0,
  pictureStreamIndex: 0,
  displayWidthPx: 640,
  displayHeightPx: 360,
  videoStreams: [],
  audioStreams: [],
}

const picture = { widthPx: 0, heightPx: 0, resolutionAdaptive: true, fill: 'black' } as const
const encoding = { format: 'avif', quality: 60, chroma: '444' } as const
const position = { unit: 'percent', value: 50 } as const

/** What each kind plans for a template's accuracy and a call's. */
function plansOf(ofTemplate: FrameAccuracy, ofCall: { readonly accuracy?: FrameAccuracy }) {
  const settings = { ...picture, ...encoding, accuracy: ofTemplate }
  const sampled = { ...settings, sampling: { by: 'percent', intervalPercent: 10 } } as const
  return [
    snapshotByTimeOffset.plan({ settings, request: { offsets: [position], ...ofCall } }, media),
    sampleSnapshot.plan({ settings: sampled, request: ofCall }, media),
    imageSprites.plan({ settings: { ...sampled, rows: 2, columns: 2 }, request: ofCall }, media),
    coverBySnapshot.plan({ settings, request: { position, ...ofCall } }, media),
  ]
}

describe.each([
  ['exact', {}, 'exact'],
  ['keyframe', {}, 'keyframe'],
  ['exact', { accuracy: 'keyframe' }, 'keyframe'],
  ['keyframe', { accuracy: 'exact' }, 'exact'],
] as const)('where the template says %s and the call %j', (ofTemplate, ofCall, accuracy) => {
  it(`every kind plans ${accuracy} frames, written as the template says`, () => {
    const plan: unknown = expect.objectContaining({ accuracy, encoding })
    expect(plansOf(ofTemplate, ofCall)).toEqual([plan, plan, plan, plan])
  })
})
