import { StoredFiles } from '@libs/workflow'
import { Controller, Get, Next, NotFoundException, Param, Res } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import type { NextFunction, Response } from 'express'
import { extname } from 'node:path'

const contentTypes: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.vtt': 'text/vtt; charset=utf-8',
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.mkv': 'video/x-matroska',
}

/** Keys are never given to other bytes, so what is under one stays fresh. */
const cacheControl = 'public, max-age=31536000, immutable'

function isRangeBeyondEnd(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 416
}

/** Hands out stored files, with ranges: whoever holds a URL may read it, from any page. */
@ApiExcludeController()
@Controller('files')
export class FilesController {
  constructor(private readonly files: StoredFiles) {}

  @Get('*key')
  send(@Param('key') segments: string[] | string, @Res() response: Response, @Next() next: NextFunction): void {
    const path = this.files.find([segments].flat().join('/'))
    if (path === undefined) throw new NotFoundException()
    const known = contentTypes[extname(path)]
    response.set({
      'Cache-Control': cacheControl,
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'X-Content-Type-Options': 'nosniff',
      // A stranger's upload is never a page of ours.
      ...(known === undefined && { 'Content-Disposition': 'attachment' }),
      'Content-Type': known ?? 'application/octet-stream',
    })
    response.sendFile(path, { cacheControl: false, dotfiles: 'allow' }, (error?: unknown) => {
      if (error === undefined || response.headersSent || response.destroyed) return
      if (isRangeBeyondEnd(error)) response.status(416).set('Cache-Control', 'no-store').end()
      else next(error)
    })
  }
}
