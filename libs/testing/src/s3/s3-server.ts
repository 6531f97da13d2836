import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { type HeldObject, ObjectFolder } from './object-folder'

const bucket = 'pictures'
const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>'
const mostListed = 1_000
/** Of every part but the last. */
const leastPartBytes = 5 * 1024 * 1024
const accessKeyId = 'test-access-key'

/** What it says with a status that it was told to fail with: the SDK goes by it. */
const failureCodes: Readonly<Record<number, string>> = {
  403: 'AccessDenied',
  404: 'NoSuchBucket',
  500: 'InternalError',
}

/** What a handler is asked: the key, and what the query says of uploads. */
interface Asked {
  readonly key: string
  readonly query: URLSearchParams
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** A refusal in S3's words. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code)
  }
}

/**
 * The part of S3 that a store of whole objects needs, over HTTP on a port of this machine, with one bucket: objects with
 * ranges and If-Match, and uploads in parts. It counts what it sends, and fails or is silent when it is told to. It looks at the access
 * key and at until when a URL is good, not at the signature.
 */
export class S3Server {
  /** Bytes of objects that were sent. */
  sentBytes = 0
  /** Method, path and range of each request. */
  readonly requests: string[] = []
  /** Statuses that the next requests are refused with; 0 lets one through. */
  readonly failures: number[] = []
  /** What its STS was asked to lend for. */
  readonly loans: Readonly<Record<string, string>>[] = []
  /** Whether bodies of objects break off in their middle. */
  breaksOff = false
  /** What becomes of every request whose method and path look so: refused with a status, or never answered. */
  fault: { readonly on: RegExp; readonly status: number | 'silence' } | undefined
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch((thrown: unknown) => refuse(response, thrown))
  })

  private constructor(
    private readonly folder: string,
    private readonly held: ObjectFolder,
  ) {}

  static async start(): Promise<S3Server> {
    const folder = await mkdtemp(join(tmpdir(), 's3-server-'))
    const started = new S3Server(folder, new ObjectFolder(folder))
    started.server.listen(0, '127.0.0.1')
    await once(started.server, 'listening')
    return started
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close')
    this.server.close()
    this.server.closeAllConnections()
    await closed
    await rm(this.folder, { recursive: true, force: true })
  }

  /** What a process needs to keep its files here, under a prefix. */
  settings(prefix = 'product') {
    const address = this.server.address()
    if (address === null || typeof address === 'string') throw new Error('The server got no port.')
    return {
      STORAGE_URL: `s3://${bucket}/${prefix}`,
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${address.port}`,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: 'test-secret-key',
    }
  }

  /** An object by its whole key, prefix included. */
  object(key: string): HeldObject | undefined {
    return this.held.objects.get(key)
  }

  /** Has a file of this machine become an object, by its whole key. */
  adopt(key: string, path: string): Promise<HeldObject> {
    return this.held.adopt(key, path)
  }

  get keys(): readonly string[] {
    return [...this.held.objects.keys()]
  }

  get unfinishedUploads(): number {
    return this.held.uploads.size
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://s3')
    const { method = '', headers } = request
    this.requests.push([method, pathname, ...(headers.range === undefined ? [] : [headers.range])].join(' '))
    const fault = this.fault?.on.test(`${method} ${pathname}`) === true ? this.fault.status : undefined
    if (fault === 'silence') return
    const failure = this.failures.shift() ?? fault ?? 0
    if (failure !== 0) throw new Refusal(failure, failureCodes[failure] ?? 'SlowDown')
    const signer = headers.authorization ?? `Credential=${query.get('X-Amz-Credential') ?? ''}`
    if (!signer.includes(`Credential=${accessKeyId}/`)) throw new Refusal(403, 'AccessDenied')
    if (isOver(query)) throw new Refusal(403, 'AccessDenied')
    if (pathname === '/') {
      await this.assumeRole(request, response)
      return
    }
    const [, name, ...segments] = pathname.split('/').map(decodeURIComponent)
    if (name !== bucket) throw new Refusal(404, 'NoSuchBucket')
    await this.serve({ key: segments.join('/'), query, request, response })
  }

  /** The one thing that its STS knows. */
  private async assumeRole(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = new URLSearchParams(await text(request))
    if (asked.get('Action') !== 'AssumeRole') throw new Refusal(400, 'InvalidAction')
    this.loans.push(Object.fromEntries(asked))
    const lent = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map((name) => `<${name}>lent ${name}</${name}>`)
    const expiration = `<Expiration>${new Date(Date.now() + 3_600_000).toISOString()}</Expiration>`
    const result = `<AssumeRoleResult><Credentials>${lent.join('')}${expiration}</Credentials></AssumeRoleResult>`
    response.writeHead(200, { 'Content-Type': 'text/xml' })
    response.end(`<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</AssumeRoleResponse>`)
  }

  private async serve(asked: Asked): Promise<void> {
    const { key, query, request, response } = asked
    const contentType = request.headers['content-type'] ?? 'binary/octet-stream'
    if (query.has('uploadId') || query.has('uploads')) return this.serveUpload(asked)
    switch (request.method ?? 'GET') {
      case 'PUT':
        response
          .setHeader('ETag', (await this.held.put(key, request, contentType, metadataOf(request))).entityTag)
          .end()
        return
      case 'POST':
        if (!query.has('delete')) throw new Refusal(405, 'MethodNotAllowed')
        for (const [, named = ''] of (await text(request)).matchAll(/<Key>(.*?)<\/Key>/g)) await this.held.remove(named)
        sendXml(response, 'DeleteResult', {})
        return
      case 'DELETE':
        await this.held.remove(key)
        response.writeHead(204).end()
        return
      case 'GET':
      case 'HEAD':
        if (key !== '') return this.send(asked)
        this.list(query, response)
        return
      default:
        throw new Refusal(405, 'MethodNotAllowed')
    }
  }

  private async serveUpload({ key, query, request, response }: Asked): Promise<void> {
    if (request.method === 'POST' && query.has('uploads')) {
      const id = this.held.begin(request.headers['content-type'] ?? 'binary/octet-stream')
      sendXml(response, 'InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: id })
      return
    }
    const id = query.get('uploadId') ?? ''
    const upload = this.held.uploads.get(id)
    if (upload === undefined) throw new Refusal(404, 'NoSuchUpload')
    if (request.method === 'PUT') {
      const from = this.copied(request)
      const { entityTag } = await this.held.putPart(upload, Number(query.get('partNumber')), from ?? request)
      if (from === undefined) response.setHeader('ETag', entityTag).end()
      else sendXml(response, 'CopyPartResult', { ETag: entityTag })
    } else if (request.method === 'POST') {
      const named = (await text(request)).match(/<PartNumber>/g)?.length
      if (named !== upload.parts.size) throw new Refusal(400, 'InvalidPart')
      const tooSmall = [...upload.parts].filter(([, { sizeBytes }]) => sizeBytes < leastPartBytes)
      if (tooSmall.some(([number]) => number < upload.parts.size)) throw new Refusal(400, 'EntityTooSmall')
      // As Amazon's does: nothing may take it for dead while it puts gigabytes together.
      response.writeHead(200, { 'Content-Type': 'application/xml' }).write(xmlDeclaration)
      const sign = setInterval(() => response.write(' '), 1_000)
      const { entityTag } = await this.held.complete(key, id, upload).finally(() => clearInterval(sign))
      response.end(xmlOf('CompleteMultipartUploadResult', { Bucket: bucket, Key: key, ETag: entityTag }))
    } else if (request.method === 'GET') {
      const parts = [...upload.parts].toSorted(([a], [b]) => a - b).map(([number, part]) => partXml(number, part))
      response.writeHead(200, { 'Content-Type': 'application/xml' })
      response.end(`<ListPartsResult><IsTruncated>false</IsTruncated>${parts.join('')}</ListPartsResult>`)
    } else {
      await this.held.abort(id)
      response.writeHead(204).end()
    }
  }

  /** The bytes of another object that a part is to be made of, where it is. */
  private copied({ headers }: IncomingMessage): Readable | undefined {
    const source = headers['x-amz-copy-source']
    if (source === undefined) return undefined
    const [, key = ''] = /^\/?pictures\/(.+)$/.exec(decodeURIComponent(String(source))) ?? []
    const object = this.held.objects.get(key)
    if (object === undefined) throw new Refusal(404, 'NoSuchKey')
    const expected = headers['x-amz-copy-source-if-match'] ?? object.entityTag
    if (expected !== object.entityTag) throw new Refusal(412, 'PreconditionFailed')
    const [, start = 0, end = NaN] = /^bytes=(\d+)-(\d+)$/.exec(String(headers['x-amz-copy-source-range'])) ?? []
    if (!(Number(end) < object.sizeBytes)) throw new Refusal(416, 'InvalidRange')
    return createReadStream(object.path, { start: Number(start), end: Number(end) })
  }

  /** At most a thousand keys; where to go on is the last of them. */
  private list(query: URLSearchParams, response: ServerResponse): void {
    const prefix = query.get('prefix') ?? ''
    const from = query.get('continuation-token') ?? ''
    const found = [...this.held.objects]
      .filter(([key]) => key.startsWith(prefix) && key > from)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
    const page = found.slice(0, Math.min(Number(query.get('max-keys') ?? mostListed), mostListed))
    const contents = page.map(
      ([key, { sizeBytes, modifiedAt }]) =>
        `<Contents><Key>${key}</Key><Size>${sizeBytes}</Size><LastModified>${modifiedAt.toISOString()}</LastModified></Contents>`,
    )
    const more = found.length > page.length
    const next = more ? `<NextContinuationToken>${page.at(-1)?.[0] ?? ''}</NextContinuationToken>` : ''
    response.writeHead(200, { 'Content-Type': 'application/xml' })
    response.end(
      `${xmlDeclaration}<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
    )
  }

  private async send({ key, query, request, response }: Asked): Promise<void> {
    const object = this.held.objects.get(key)
    if (object === undefined) throw new Refusal(404, 'NoSuchKey')
    const { sizeBytes, entityTag, contentType, modifiedAt } = object
    const expected = request.headers['if-match']
    if (expected !== undefined && expected !== entityTag) throw new Refusal(412, 'PreconditionFailed')
    const [, first = '0', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
    const [start, end] = [Number(first), Math.min(last === '' ? Infinity : Number(last), sizeBytes - 1)]
    if (request.headers.range !== undefined && start > end) throw new Refusal(416, 'InvalidRange')
    response.writeHead(request.headers.range === undefined ? 200 : 206, {
      ETag: entityTag,
      'Content-Type': query.get('response-content-type') ?? contentType,
      'Content-Disposition': query.get('response-content-disposition') ?? 'inline',
      'Last-Modified': modifiedAt.toUTCString(),
      ...object.metadata,
      'Content-Length': end - start + 1,
      'Content-Range': `bytes ${start}-${end}/${sizeBytes}`,
    })
    if (request.method === 'HEAD' || start > end) {
      response.end()
      return
    }
    const count = (chunks: AsyncIterable<Buffer>) => this.counted(chunks, (end - start + 1) / 2)
    await pipeline(createReadStream(object.path, { start, end }), count, response)
  }

  private async *counted(chunks: AsyncIterable<Buffer>, halfBytes: number): AsyncIterable<Buffer> {
    let passed = 0
    for await (const chunk of chunks) {
      if (this.breaksOff && passed + chunk.length > halfBytes) throw new Error('broken off as asked')
      passed += chunk.length
      this.sentBytes += chunk.length
      yield chunk
    }
  }
}

/** Whether a signed URL was good until a moment that has passed. */
function isOver(query: URLSearchParams): boolean {
  const expiresInS = query.get('X-Amz-Expires')
  if (expiresInS === null) return false
  const [, date, time] = /^(\d{8})T(\d{6})Z$/.exec(query.get('X-Amz-Date') ?? '') ?? []
  const [day, clock] = [date?.replace(/(....)(..)/, '$1-$2-'), time?.replace(/(..)(..)/, '$1:$2:')]
  return Date.parse(`${day}T${clock}Z`) + Number(expiresInS) * 1_000 <= Date.now()
}

function refuse(response: ServerResponse, thrown: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const refusal = thrown instanceof Refusal ? thrown : new Refusal(500, 'InternalError')
  sendXml(response, 'Error', { Code: refusal.code, Message: String(thrown) }, refusal.status)
}

/** The headers that an object keeps. */
function metadataOf({ headers }: IncomingMessage): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'))
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
}

function partXml(number: number, { entityTag, sizeBytes }: HeldObject): string {
  return `<Part><PartNumber>${number}</PartNumber><ETag>${entityTag}</ETag><Size>${sizeBytes}</Size></Part>`
}

function sendXml(response: ServerResponse, root: string, members: Record<string, string>, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/xml' })
  response.end(xmlDeclaration + xmlOf(root, members))
}

function xmlOf(root: string, members: Record<string, string>): string {
  const body = Object.entries(members).map(([name, value]) => `<${name}>${value}</${name}>`)
  return `<${root}>${body.join('')}</${root}>`
}
