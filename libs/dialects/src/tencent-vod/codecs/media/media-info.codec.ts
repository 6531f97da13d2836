import type { PictureKindName } from '@libs/tasks'
import type { DescribedMedia, FileUrls, SucceededTask } from '@libs/workflow'
import { kindCodecs } from '../kind-codecs'
import { encodeMediaBasicInfo } from './media-basic-info.codec'
import { encodeMetaData } from './meta-data.codec'

/** The parts of MediaInfo that can be asked for one by one, by the names that filters have for them. */
const parts: Readonly<Record<string, (described: DescribedMedia, urls: FileUrls) => object>> = {
  basicInfo: ({ media }, urls) => ({ BasicInfo: encodeMediaBasicInfo(media, urls) }),
  metaData: ({ media }) => ({ MetaData: media.info === undefined ? null : encodeMetaData(media.info) }),
  transcodeInfo: () => ({ TranscodeInfo: null }),
  animatedGraphicsInfo: () => ({ AnimatedGraphicsInfo: null }),
  sampleSnapshotInfo: ({ latest }, urls) => ({
    SampleSnapshotInfo: { SampleSnapshotSet: outputsOf('sampleSnapshot', latest, urls) },
  }),
  imageSpriteInfo: ({ latest }, urls) => ({
    ImageSpriteInfo: { ImageSpriteSet: outputsOf('imageSprites', latest, urls) },
  }),
  snapshotByTimeOffsetInfo: ({ latest }, urls) => ({
    SnapshotByTimeOffsetInfo: { SnapshotByTimeOffsetSet: outputsOf('snapshotByTimeOffset', latest, urls) },
  }),
  keyFrameDescInfo: ({ media }) => ({
    KeyFrameDescInfo: {
      KeyFrameDescSet: media.marks.map(({ atMs, text }) => ({ TimeOffset: atMs / 1000, Content: text })),
    },
  }),
  adaptiveDynamicStreamingInfo: () => ({ AdaptiveDynamicStreamingInfo: null }),
  miniProgramReviewInfo: () => ({ MiniProgramReviewInfo: null }),
  subtitleInfo: () => ({ SubtitleInfo: null }),
  reviewInfo: () => ({ ReviewInfo: null }),
  mpsAiMediaInfo: () => ({ MPSAiMediaInfo: null }),
  knowledgeBasesInfo: () => ({ KnowledgeBasesInfo: null }),
}

/** Tencent Cloud VOD, "DescribeMediaInfos": what can be asked for. */
export const mediaInfoFilters = Object.keys(parts) as [string, ...string[]]

/** MediaInfo. @param filters which parts; all when there are none */
export function encodeMediaInfo(described: DescribedMedia, filters: readonly string[], urls: FileUrls): object {
  const wanted = mediaInfoFilters.filter((name) => filters.length === 0 || filters.includes(name))
  const members = wanted.map((name) => parts[name]?.(described, urls))
  return Object.assign({ FileId: described.media.id }, ...members) as object
}

function outputsOf(
  kind: PictureKindName,
  latest: readonly SucceededTask<PictureKindName>[],
  urls: FileUrls,
): readonly object[] {
  return latest.filter((task) => task.kind === kind).map((task) => encodeOutput(task, urls))
}

function encodeOutput<Kind extends PictureKindName>(task: SucceededTask<Kind>, urls: FileUrls): object {
  return kindCodecs[task.kind].output(task, urls)
}
