/** What ffprobe says of one packet; its times are ticks. */
export interface Packet {
  readonly pts: number | undefined
  readonly dts: number | undefined
  readonly duration: number | undefined
  readonly keyframe: boolean
  /** Decoded but never shown: before the start of an edit list. */
  readonly discarded: boolean
  readonly corrupt: boolean
}
