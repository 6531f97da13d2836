import { type FrameAccuracy, pictureDefaults, type PictureSettings } from '@libs/tasks'

/** FrameType: `intra` shows keyframes alone. */
const accuracies = { normal: 'exact', intra: 'keyframe' } as const satisfies Record<string, FrameAccuracy>

export const frameTypes = ['normal', 'intra'] as const

type FrameType = (typeof frameTypes)[number]

export function frameTypeOf(accuracy: FrameAccuracy): FrameType {
  return accuracy === 'keyframe' ? 'intra' : 'normal'
}

interface PictureParameters {
  readonly Width?: number | undefined
  readonly Height?: number | undefined
  readonly FrameType: FrameType
}

/** Snapshots are JPEGs; a side that is left out keeps the shape of the video. */
export function decodePicture({ Width = 0, Height = 0, FrameType }: PictureParameters): PictureSettings {
  return {
    ...pictureDefaults,
    widthPx: Width,
    heightPx: Height,
    resolutionAdaptive: false,
    format: 'jpg',
    fill: 'stretch',
    accuracy: accuracies[FrameType],
  }
}
