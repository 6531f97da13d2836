import {
  contentTypeOf,
  FileUrls,
  type NamedFile,
  type StoredFile,
  StoredFiles,
  unknownContentType,
} from '@libs/workflow'
import { Controller, Get, Logger, NotFoundException, Param, Req, Res } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import type { Request, Response } from 'express'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { askedPart } from './asked-part'

const freshForS = 31_536_000

/** But for those in buckets keys are never given to other bytes, so what is under one stays fresh; behind a signed URL for as long as that is good. */
function cacheControlOf({ expiresAtMs, mayChange }: NamedFile): string {
  if (mayChange === true) return 'private, no-cache'
  if (expiresAtMs === undefined) return `public, max-age=${freshForS}, immutable`
  return `private, max-age=${Math.max(0, Math.floor((expiresAtMs - Date.now()) / 1_000))}, immutable`
}

/** Hands out stored files, with ranges: whoever holds a URL may read it, from any page, while it is good. */
@ApiExcludeController()
@Controller('files')
export class FilesController {
  private readonly logger = new Logger(FilesController.name)

  constructor(
    private readonly files: StoredFiles,
    private readonly urls: FileUrls,
  ) {}

  @Get('*key')
  async send(
    @Param('key') segments: string[] | string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const named = this.urls.fileAt([segments].flat().join('/'))
    const file = await this.files.find(named.key)
    if (file === undefined) throw new NotFoundException()
    response.set({ ETag: file.entityTag, 'Last-Modified': file.modifiedAt.toUTCString() })
    if (request.fresh) {
      response.status(304).set(headersOf(named)).end()
      return
    }
    const elsewhere = request.method === 'GET' ? await sentOn(named, file) : undefined
    if (elsewhere !== undefined) {
      response.set({ ...headersOf(named), 'Cache-Control': elsewhere.cacheControl }).redirect(307, elsewhere.url)
      return
    }
    const part = askedPart(request, file)
    if (part === 'beyondEnd') {
      response
        .status(416)
        .set({ 'Content-Range': `bytes */${file.sizeBytes}`, 'Cache-Control': 'no-store' })
        .end()
      return
    }
    const { positionBytes, lengthBytes } = part ?? { positionBytes: 0, lengthBytes: file.sizeBytes }
    const hasBody = request.method !== 'HEAD' && lengthBytes > 0
    // Before the answer begins, so that what cannot be read is still told as a problem.
    const bytes = hasBody ? await file.read(positionBytes, lengthBytes) : undefined
    const lastByte = positionBytes + lengthBytes - 1
    response.status(part === undefined ? 200 : 206).set({
      ...headersOf(named),
      'Content-Length': String(lengthBytes),
      ...(part !== undefined && { 'Content-Range': `bytes ${positionBytes}-${lastByte}/${file.sizeBytes}` }),
    })
    if (bytes === undefined) response.end()
    else await this.stream(bytes, response)
  }

  /** An answer that has begun can only be broken off, which both ends then know. */
  private async stream(bytes: Readable, response: Response): Promise<void> {
    await pipeline(bytes, response).catch((thrown: unknown) => {
      const isHangUp = thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_STREAM_PREMATURE_CLOSE'
      if (!isHangUp) this.logger.error('A file could not be sent to its end.', thrown)
    })
  }
}

/** A URL that somebody is sent on to is good for an hour at most, and remembered for half of its time. */
const sentOnForMs = 3_600_000

/** Names in a VTT are relative to where it came from, and only lead on with the pass that is in the path of our own URL. */
const vtt = 'text/vtt'

/** Where the storage itself hands out a file whose URL is good for a time. */
async function sentOn({ key, expiresAtMs }: NamedFile, file: StoredFile) {
  if (expiresAtMs === undefined || file.urlUntil === undefined || contentTypeOf(key).startsWith(vtt)) return undefined
  const goodForMs = Math.min(sentOnForMs, expiresAtMs - Date.now())
  const url = await file.urlUntil(new Date(Date.now() + goodForMs))
  return { url, cacheControl: `private, max-age=${Math.max(0, Math.floor(goodForMs / 2_000))}` }
}

function headersOf(named: NamedFile): Record<string, string> {
  const contentType = contentTypeOf(named.key)
  return {
    'Accept-Ranges': 'bytes',
    'Cache-Control': cacheControlOf(named),
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
    // A stranger's upload is never a page of ours.
    ...(contentType === unknownContentType && { 'Content-Disposition': 'attachment' }),
    'Content-Type': contentType,
  }
}
