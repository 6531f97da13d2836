import type { MediaInfo } from '@libs/tasks'

/** The stream that pictures are taken from. */
export interface PictureStream {
  /** Absolute path of a local media file. */
  readonly path: string
  /** As ffmpeg counts streams. */
  readonly index: number
  /** ffmpeg's name of the one decoder that has all of its picture; absent where its usual one does. */
  readonly decoder?: string
  /** A seek ends anywhere before the keyframe, and the decoder patches up what it meets until then. */
  readonly seeksBlindly?: boolean
}

/** ffmpeg's names of formats that are sought in by clock alone. */
const withoutIndex = new Set(['mpegts', 'mpeg', 'mpegvideo'])

export function seeksBlindly(container: string): boolean {
  return container.split(',').some((name) => withoutIndex.has(name))
}

/** ffmpeg's own decoders of VP8 and VP9 leave out the transparency, which WebM keeps beside the picture; libvpx reads it. */
export function decoderOf({ pixels, videoStreams, pictureStreamIndex }: Video): Pick<PictureStream, 'decoder'> {
  const codec = videoStreams.find(({ index }) => index === pictureStreamIndex)?.codec
  const decoder = codec === 'vp8' ? 'libvpx' : codec === 'vp9' ? 'libvpx-vp9' : undefined
  return pixels?.alpha === true && decoder !== undefined ? { decoder } : {}
}

type Video = Pick<MediaInfo, 'pixels' | 'videoStreams' | 'pictureStreamIndex'>
