import type { MediaInfo } from '@libs/tasks'

const maxOf = (values: readonly number[]) => Math.max(0, ...values)
const seconds = (ms: number) => ms / 1000

/** MediaMetaData. Sizes are coded ones, the largest over the video streams; durations are seconds. */
export function encodeMetaData(info: MediaInfo): object {
  const { videoStreams, audioStreams } = info
  const picture = videoStreams.find(({ index }) => index === info.pictureStreamIndex)
  return {
    AudioDuration: seconds(maxOf(audioStreams.map(({ durationMs }) => durationMs))),
    AudioStreamSet: audioStreams.map(({ bitrateBps, codec, sampleRateHz }) => ({
      Bitrate: Math.round(bitrateBps),
      Codec: codec,
      SamplingRate: Math.round(sampleRateHz),
    })),
    Bitrate: Math.round(info.bitrateBps),
    Container: info.container,
    Duration: seconds(info.durationMs),
    Height: maxOf(videoStreams.map(({ heightPx }) => heightPx)),
    Rotate: picture?.rotationDegrees ?? 0,
    Size: Math.round(info.sizeBytes),
    VideoDuration: seconds(maxOf(videoStreams.map(({ durationMs }) => durationMs))),
    VideoStreamSet: videoStreams.map(({ bitrateBps, codec, framesPerSecond, heightPx, widthPx }) => ({
      Bitrate: Math.round(bitrateBps),
      Codec: codec,
      Fps: Math.round(framesPerSecond),
      Height: heightPx,
      Width: widthPx,
    })),
    Width: maxOf(videoStreams.map(({ widthPx }) => widthPx)),
  }
}
