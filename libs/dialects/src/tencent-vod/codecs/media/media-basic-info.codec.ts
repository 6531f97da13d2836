import type { FileUrls, Media } from '@libs/workflow'
import { vendorTime } from '../vendor-words'

/** Tencent Cloud VOD, "ModifyMediaInfo": the time that means never. */
export const never = '9999-12-31T23:59:59Z'

/** MediaBasicInfo. */
export function encodeMediaBasicInfo(media: Media, urls: FileUrls) {
  const { name, extension, sourceKey, coverKey, createdAt, updatedAt, expiresAt, info } = media
  return {
    Name: name,
    Description: media.description,
    CreateTime: vendorTime(createdAt),
    UpdateTime: vendorTime(updatedAt),
    ExpireTime: expiresAt === undefined ? never : vendorTime(expiresAt),
    ClassId: 0,
    ClassName: 'Other',
    ClassPath: 'Other',
    CoverUrl: coverKey === undefined ? '' : urls.urlOf(coverKey),
    Type: extension,
    MediaUrl: urls.urlOf(sourceKey),
    SourceInfo: { SourceType: 'Upload', SourceContext: media.sourceContext },
    StorageRegion: '',
    TagSet: media.tags,
    Vid: '',
    Category: info?.videoStreams.length === 0 ? 'Audio' : 'Video',
    Status: 'Normal',
    StorageClass: 'STANDARD',
  }
}
