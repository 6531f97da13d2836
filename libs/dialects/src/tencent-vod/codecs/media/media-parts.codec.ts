import type { MediaPart } from '@libs/workflow'

/** Tencent Cloud VOD, "DeleteMedia": the types of what may be deleted of a media. */
export const partTypes: Readonly<Record<MediaPart, string>> = {
  source: 'OriginalFiles',
  madeCover: 'TranscodeFiles',
}
