import type { DomainEvent, FileUrls, ProcedureStateChanged } from '@libs/workflow'
import { vendorFaultOf } from '../../aliyun-rpc/errors'
import { vendorTime } from '../../aliyun-rpc/vendor-time'
import { filesOf, presentWholeJob, statusOf } from '../codecs/job.codec'

interface ToldEvent {
  readonly type: string
  readonly at: Date
  readonly subAppId: number
  readonly body: object
}

type Tellers = {
  readonly [Type in DomainEvent['type']]: (event: Extract<DomainEvent, { type: Type }>, urls: FileUrls) => ToldEvent
}

/**
 * What a job's callback tells is not in the vendor's documents: the members of GetSnapshotJob and GetSnapshotUrls, with the
 * ones that its workflows have.
 */
function tellJob({ report, media }: ProcedureStateChanged, urls: FileUrls): ToldEvent {
  const { run } = report
  const { pictures, vtt } = filesOf(report)
  const at = run.finishedAt ?? run.createdAt
  const body = {
    ...presentWholeJob(report),
    EventType: 'SnapshotComplete',
    EventTime: vendorTime(at),
    Status: statusOf(report),
    MediaId: media.id,
    SnapshotUrls: pictures.map(({ key }) => urls.urlOf(key)),
    ...(vtt && { WebVTTUrl: urls.urlOf(vtt.key) }),
  }
  return { type: 'SnapshotComplete', at, subAppId: run.subAppId, body }
}

/** Events about media come about by other dialects' calls and are told in those; here they have their least members. */
const tellers: Tellers = {
  procedureStateChanged: tellJob,
  mediaUploaded: ({ media }) => ({
    type: 'FileUploadComplete',
    at: media.updatedAt,
    subAppId: media.subAppId,
    body: { MediaId: media.id },
  }),
  mediaPulled: ({ run, media }) => ({
    type: 'UploadByURLComplete',
    at: media.updatedAt,
    subAppId: media.subAppId,
    body: {
      JobId: run.id,
      MediaId: media.id,
      SourceURL: media.sourceUrl,
      Status: media.fault === undefined ? 'Success' : 'Fail',
      ...(media.fault && vendorFaultOf(media.fault)),
    },
  }),
  mediaDeleted: ({ media }) => ({
    type: 'DeleteMediaComplete',
    at: media.updatedAt,
    subAppId: media.subAppId,
    body: { MediaId: media.id, Status: 'Success' },
  }),
}

/** A domain event in the envelope of the vendor's callbacks, as JSON. */
export function renderEvent(event: DomainEvent, urls: FileUrls): string {
  const { type, at, subAppId, body } = tell(event, urls)
  return JSON.stringify({ EventType: type, UserId: subAppId, EventTime: vendorTime(at), MessageBody: body })
}

function tell<Type extends DomainEvent['type']>(
  event: Extract<DomainEvent, { type: Type }> & { readonly type: Type },
  urls: FileUrls,
): ToldEvent {
  return tellers[event.type](event, urls)
}
