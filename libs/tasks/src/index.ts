export { abortFault } from './abort-fault'
export type { Artifact, Still } from './artifact'
export type {
  ExecutionContext,
  ExecutionPlace,
  FrameCount,
  Performable,
  PictureTemplateName,
  Subject,
  TaskInput,
  TaskKind,
  TemplateName,
  Tools,
} from './kind'
export { bucketName, bucketOf, bucketPrefix } from './bucket'
export { escapeName, fileName, isNamePart, objectName, vttFileName } from './file-name'
export { mediaInfo } from './media-info'
export type { CodedPixels, MediaInfo } from './media-info'
export { ArtifactStore } from './ports/artifact-store.port'
export { FrameGrabber } from './ports/frame-grabber.port'
export type { CaptureAccount, GrabbedFrame, GrabRequest, PictureMark } from './ports/frame-grabber.port'
export { ImageComposer } from './ports/image-composer.port'
export type { ImageFacts, SheetCell, SheetRequest } from './ports/image-composer.port'
export { ImageNormalizer } from './ports/image-normalizer.port'
export type { NormalizedImage } from './ports/image-normalizer.port'
export { MediaProber } from './ports/media-prober.port'
export { SourceFetcher } from './ports/source-fetcher.port'
export { SourceFile } from './ports/source-file.port'
export { SourceStore } from './ports/source-store.port'
export type { SourceLimits, StoredSource } from './ports/source-store.port'
export { kindNames, kinds, pictureKindNames, pictureKinds, templateSettings } from './registry'
export type {
  KindName,
  OutputOf,
  PictureKindName,
  RequestOf,
  SettingsOf,
  TaskOutput,
  TaskSpec,
  TemplateSettings,
} from './registry'
export { blackFrames, chromaSubsampling, fillType, frameAccuracy, imageFormat, pictureDefaults } from './stills/picture'
export type {
  FillType,
  FrameAccuracy,
  ImageFormat,
  PictureEncoding,
  PictureGeometry,
  PictureSettings,
} from './stills/picture'
export { sampling } from './timeline/offset'
export type { Offset, Sampling } from './timeline/offset'
export { formatOffset, parseOffset } from './timeline/parse-offset'
export type { WrittenOffset } from './timeline/parse-offset'
export { markLength, markRepeat, mostWatermarks, watermarkOrigin } from './watermarks/watermark'
export type {
  FrozenWatermark,
  MarkLength,
  WatermarkImage,
  WatermarkRequest,
  WatermarkSettings,
} from './watermarks/watermark'
export { coverBySnapshot } from './cover-by-snapshot/cover-by-snapshot.kind'
export { colour, spriteDelivery } from './image-sprites/image-sprites.input'
export { imageSprites } from './image-sprites/image-sprites.kind'
export { ingest } from './ingest/ingest.kind'
export { sampleSnapshot } from './sample-snapshot/sample-snapshot.kind'
export { snapshotByTimeOffset } from './snapshot-by-time-offset/snapshot-by-time-offset.kind'
