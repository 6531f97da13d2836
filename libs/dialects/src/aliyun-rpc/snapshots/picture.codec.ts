import { type FrameAccuracy, pictureDefaults, type PictureSettings } from '@libs/tasks'

/** FrameType: `intra` shows the nearest keyframes. */
const accuracies = { normal: 'exact', intra: 'nearestKeyframe' } as const satisfies Record<string, FrameAccuracy>

export const frameTypes = ['normal', 'intra'] as const

type FrameType = (typeof frameTypes)[number]

export function frameTypeOf(accuracy: FrameAccuracy): FrameType {
  return accuracy === 'exact' ? 'normal' : 'intra'
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
