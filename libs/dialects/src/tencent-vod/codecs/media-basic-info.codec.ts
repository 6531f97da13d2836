import type { FileUrls, Media } from '@libs/workflow'
import { vendorTime } from './vendor-words'

/** Tencent Cloud VOD, "ModifyMediaInfo": the time that means never. */
const never = '9999-12-31T23:59:59Z'

/** MediaBasicInfo. */
export function encodeMediaBasicInfo(media: Media, urls: FileUrls): object {
  const { name, extension, sourceKey, coverKey, createdAt, info } = media
  return {
    Name: name,
    Description: '',
    CreateTime: vendorTime(createdAt),
    UpdateTime: vendorTime(createdAt),
    ExpireTime: never,
    ClassId: 0,
    ClassName: 'Other',
    ClassPath: 'Other',
    CoverUrl: coverKey === undefined ? '' : urls.urlOf(coverKey),
    Type: extension,
    MediaUrl: urls.urlOf(sourceKey),
    SourceInfo: { SourceType: 'Upload', SourceContext: '' },
    StorageRegion: '',
    TagSet: [],
    Vid: '',
    Category: info?.videoStreams.length === 0 ? 'Audio' : 'Video',
    Status: 'Normal',
    StorageClass: 'STANDARD',
  }
}
