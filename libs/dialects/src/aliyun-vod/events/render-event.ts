import type { DomainEvent, FileUrls } from '@libs/workflow'
import { vendorFaultOf } from '../../aliyun-rpc/errors'
import { vendorTime } from '../../aliyun-rpc/vendor-time'
import { encodeSnapshotComplete } from './snapshot-complete'

type Encoders = {
  readonly [Type in DomainEvent['type']]: (event: Extract<DomainEvent, { type: Type }>, urls: FileUrls) => object
}

/** Events about media come about by other dialects' calls and are told in those; here they have their least members. */
const encoders: Encoders = {
  procedureStateChanged: encodeSnapshotComplete,
  mediaUploaded: ({ media }, urls) => ({
    EventTime: vendorTime(media.updatedAt),
    EventType: 'FileUploadComplete',
    VideoId: media.id,
    FileUrl: urls.urlOf(media.sourceKey),
    ...(media.info && { Size: media.info.sizeBytes }),
  }),
  mediaPulled: ({ run, media }) => ({
    EventTime: vendorTime(media.updatedAt),
    EventType: 'UploadByURLComplete',
    JobId: run.id,
    VideoId: media.id,
    SourceURL: media.sourceUrl,
    Status: media.fault === undefined ? 'success' : 'fail',
    ...(media.fault && vendorFaultOf(media.fault)),
  }),
  mediaDeleted: ({ media }) => ({
    EventTime: vendorTime(media.updatedAt),
    EventType: 'DeleteMediaComplete',
    MediaId: media.id,
    MediaType: 'video',
    Status: 'success',
  }),
}

/** A domain event as the vendor's callbacks tell it, as JSON. */
export function renderEvent(event: DomainEvent, urls: FileUrls): string {
  return JSON.stringify(encode(event, urls))
}

function encode<Type extends DomainEvent['type']>(
  event: Extract<DomainEvent, { type: Type }> & { readonly type: Type },
  urls: FileUrls,
): object {
  return encoders[event.type](event, urls)
}
