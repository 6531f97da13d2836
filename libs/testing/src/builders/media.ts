import { mainSubApp, newMediaId, type SubAppId } from '@libs/kernel'
import type { MediaInfo } from '@libs/tasks'
import { type Media, newSourceKey } from '@libs/workflow'

/** What a prober would say of a 20-second 640×360 clip. */
export const aMediaInfo: MediaInfo = {
  container: 'mov,mp4,m4a,3gp,3g2,mj2',
  sizeBytes: 100_000,
  bitrateBps: 40_000,
  durationMs: 20_000,
  startMs: 0,
  pictureStreamIndex: 0,
  displayWidthPx: 640,
  displayHeightPx: 360,
  videoStreams: [
    {
      index: 0,
      codec: 'h264',
      widthPx: 640,
      heightPx: 360,
      bitrateBps: 38_000,
      framesPerSecond: 25,
      durationMs: 20_000,
      rotationDegrees: 0,
    },
  ],
  audioStreams: [{ index: 1, codec: 'aac', bitrateBps: 2_000, sampleRateHz: 48_000, durationMs: 20_000 }],
}

export function aMedia(overrides: Partial<Media> = {}): Media {
  const subAppId: SubAppId = overrides.subAppId ?? mainSubApp
  const id = overrides.id ?? newMediaId(Date.now())
  return {
    id,
    subAppId,
    name: 'clip',
    description: '',
    extension: 'mp4',
    sourceKey: newSourceKey(subAppId, id, 'mp4'),
    sourceUrl: undefined,
    sourceContext: '',
    state: 'ready',
    info: aMediaInfo,
    fault: undefined,
    coverKey: undefined,
    tags: [],
    marks: [],
    createdAt: new Date(1_795_000_000_000),
    updatedAt: new Date(1_795_000_000_000),
    expiresAt: undefined,
    ...overrides,
  }
}
