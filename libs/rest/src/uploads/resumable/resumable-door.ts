import { AppError, type ErrorCode, type SubAppId, toAppError } from '@libs/kernel'
import { BeginUpload, CommitUpload, GrowUpload, HoldUploads, newUploadToken, type Upload } from '@libs/workflow'
import { Injectable } from '@nestjs/common'
import type { ServerOptions } from '@tus/server'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendProblem } from '../../problem'
import { GrowingStore } from './growing-store'
import { readUploadMetadata } from './upload-metadata'

/** Whoever is asked for an upload stops what it is doing, and has so long to tell what came. */
const letGoWithinMs = 1_000

/** What our codes are for the refusals of the protocol, which keep their statuses. */
const codeOf: Readonly<Partial<Record<number, ErrorCode>>> = {
  404: 'upload.notFound',
  409: 'upload.wrongOffset',
  410: 'upload.notFound',
  412: 'request.unsupportedVersion',
  413: 'request.tooLarge',
  501: 'feature.unsupported',
}

/** Speaks tus 1.0, the protocol of resumable uploads, through its own server. */
@Injectable()
export class ResumableDoor {
  constructor(
    private readonly beginUpload: BeginUpload,
    private readonly growUpload: GrowUpload,
    private readonly holdUploads: HoldUploads,
    private readonly commitUpload: CommitUpload,
  ) {}

  /** @param token of the upload that is asked for. @throws AppError what is refused besides what the protocol refuses */
  async answer(request: IncomingMessage, response: ServerResponse, subAppId: SubAppId, token?: string): Promise<void> {
    const [{ Server }, { NodeRequest }] = await Promise.all([import('@tus/server'), import('srvx/node')])
    const datastore = new GrowingStore(this.growUpload, subAppId)
    const asked: Asked = { request, subAppId, token, datastore, begun: undefined, refused: undefined }
    const server = new Server({ ...this.options(asked), datastore })
    const answered = await server.handleWeb(new NodeRequest({ req: request, res: response }))
    for (const [name, value] of answered.headers) if (!name.startsWith('content-')) response.setHeader(name, value)
    const upload = asked.begun ?? datastore.found?.upload
    if (upload !== undefined) response.setHeader('Stillflow-Media-Id', upload.media.id)
    const written = datastore.found?.growing.metadata ?? ''
    if (request.method === 'HEAD' && written !== '') response.setHeader('Upload-Metadata', written)
    if (answered.status < 400) response.writeHead(answered.status).end()
    else {
      const { fault = asked.refused } = datastore
      await refuse(response, answered, asked.refused?.code === 'internal' ? fault : asked.refused)
    }
  }

  private options(asked: Asked): ServerOptions {
    const { subAppId } = asked
    return {
      path: '/v1/uploads',
      relativeLocation: true,
      allowedHeaders: ['Stillflow-Sub-App'],
      exposedHeaders: ['Upload-Expires', 'Stillflow-Media-Id', 'Retry-After'],
      lockDrainTimeout: letGoWithinMs,
      locker: { newLock: (token) => this.lockOf(asked, token) },
      namingFunction: newUploadToken,
      getFileIdFromRequest: () => asked.token,
      onUploadCreate: async (_request, { id, size, metadata }) => {
        asked.begun = await this.begin(asked, id, size, metadata ?? {})
        return {}
      },
      onUploadFinish: async (_request, { id }) => {
        await this.commitUpload.execute(subAppId, id)
        return {}
      },
      onResponseError: (_request, thrown) => {
        if (!('status_code' in thrown)) asked.refused = toAppError(thrown)
        return undefined
      },
    }
  }

  private begin(
    { request, subAppId }: Asked,
    token: string,
    sizeBytes: number | undefined,
    metadata: Readonly<Record<string, string | null>>,
  ): Promise<Upload> {
    const written = String(request.headers['upload-metadata'] ?? '')
    const said = readUploadMetadata(metadata, written)
    return this.beginUpload.execute({ subAppId, token, growing: { sizeBytes, metadata: written }, ...said })
  }

  private lockOf({ subAppId, datastore }: Asked, token: string) {
    let letGo = () => Promise.resolve()
    return {
      lock: async (signal: AbortSignal, wanted: () => Promise<void> | void) => {
        letGo = await this.holdUploads.take(subAppId, token, signal, () => void wanted())
      },
      unlock: async () => {
        await datastore.written
        await letGo()
      },
    }
  }
}

/** What becomes of one request. */
interface Asked {
  readonly request: IncomingMessage
  readonly subAppId: SubAppId
  readonly token: string | undefined
  readonly datastore: GrowingStore
  begun: Upload | undefined
  /** What of ours was thrown. */
  refused: AppError | undefined
}

/** @throws AppError what of ours was thrown */
async function refuse(response: ServerResponse, answered: Response, refused: AppError | undefined): Promise<void> {
  // Clients of tus come again after any 5xx, and give up after a 429.
  if (refused?.code === 'subApp.busy') sendProblem(response, refused, 503)
  else if (refused !== undefined) throw refused
  else {
    const code = codeOf[answered.status] ?? (answered.status < 500 ? 'request.malformed' : 'internal')
    sendProblem(response, new AppError(code, (await answered.text()).trim()), answered.status)
  }
}
