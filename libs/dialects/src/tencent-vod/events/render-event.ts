import type { DomainEvent, FileUrls } from '@libs/workflow'
import { partTypes } from '../codecs/media/media-parts.codec'
import { encodePullUploadTask } from './pull-complete'
import { encodeProcedureTask } from './procedure-state-changed'
import { encodeFileUploadTask } from './new-file-upload'

type Content<Type extends DomainEvent['type']> = (
  event: Extract<DomainEvent, { type: Type }>,
  urls: FileUrls,
) => { readonly EventType: string; readonly [member: string]: unknown }

/** EventContent: the type, and the one member that goes with it, whose name is no rule. */
const contents: { readonly [Type in DomainEvent['type']]: Content<Type> } = {
  procedureStateChanged: (event, urls) => ({
    EventType: 'ProcedureStateChanged',
    ProcedureStateChangeEvent: encodeProcedureTask(event, urls),
  }),
  mediaUploaded: (event, urls) => ({
    EventType: 'NewFileUpload',
    FileUploadEvent: encodeFileUploadTask(event, urls),
  }),
  mediaPulled: (event, urls) => ({
    EventType: 'PullComplete',
    PullCompleteEvent: encodePullUploadTask(event, urls),
  }),
  mediaDeleted: ({ media, parts = [] }) => ({
    EventType: 'FileDeleted',
    FileDeleteEvent: {
      FileIdSet: [media.id],
      FileDeleteResultInfo: [
        { FileId: media.id, DeleteParts: parts.map((part) => ({ Type: partTypes[part], Definition: 0 })) },
      ],
    },
  }),
}

/** EventContent of a domain event, as JSON. */
export function renderEvent(event: DomainEvent, urls: FileUrls): string {
  return JSON.stringify(contentOf(event, urls))
}

function contentOf<Type extends DomainEvent['type']>(
  event: Extract<DomainEvent, { type: Type }> & { readonly type: Type },
  urls: FileUrls,
): object {
  return contents[event.type](event, urls)
}
