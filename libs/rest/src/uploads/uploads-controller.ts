import { AppError } from '@libs/kernel'
import { type BroughtBytes, mostParts, ReceiveUpload, type UploadTarget } from '@libs/workflow'
import { Controller, Get, HttpCode, Options, Param, Put, Query, Req, Res } from '@nestjs/common'
import { ApiExcludeEndpoint, ApiQuery, ApiTags } from '@nestjs/swagger'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { exampleIds } from '../openapi/example-ids'
import { Operation } from '../openapi/operation'
import type { View } from '../openapi/view'
import { announcedBytes } from './announced-bytes'
import { bytesBody } from './bytes-body'

/** A browser of any page may bring bytes: what lets it is the token in the address, never a cookie. */
const cors = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, PUT, OPTIONS',
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Max-Age': '86400',
}

const bytes = { 'application/octet-stream': bytesBody }
const token = exampleIds.uploadToken

const partsView = z
  .object({ parts: z.array(z.object({ part: z.int(), sizeBytes: z.int() })) })
  .meta({ id: 'UploadParts' })

/** Where the bytes of announced uploads go: whoever holds the address may bring them, whole or in parts, as often as it takes. */
@ApiTags('uploads')
@Controller('uploads')
export class UploadsController {
  constructor(private readonly receiveUpload: ReceiveUpload) {}

  @Options('*path')
  @ApiExcludeEndpoint()
  @HttpCode(204)
  preflight(@Res({ passthrough: true }) response: ServerResponse): void {
    allowAnyPage(response)
  }

  /** All of the media, or one `part` of it, counted from 1; a part that is brought again takes the place of what was there. */
  @Put(':token')
  @ApiQuery({ name: 'part', required: false, schema: { type: 'integer', minimum: 1, maximum: mostParts } })
  @Operation({
    summary: 'Bring the bytes of an announced upload, whole or one part',
    status: 200,
    takes: bytes,
    refuses: ['upload.notFound', 'storage.full'],
    example: { path: { token }, query: { part: 1 }, bodies: { 'application/octet-stream': 'the bytes of a video' } },
  })
  async receive(
    @Param('token') token: string,
    @Query('part') part: string | undefined,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<void> {
    allowAnyPage(response)
    await this.receiveUpload.execute(token, part === undefined ? 'whole' : partOf(part), bytesOf(request))
  }

  @Put(':token/cover')
  @Operation({
    summary: 'Bring the bytes of an announced cover',
    status: 200,
    takes: bytes,
    refuses: ['upload.notFound', 'storage.full'],
    example: { path: { token }, bodies: { 'application/octet-stream': 'the bytes of a picture' } },
  })
  async receiveCover(
    @Param('token') token: string,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<void> {
    allowAnyPage(response)
    await this.receiveUpload.execute(token, 'cover', bytesOf(request))
  }

  /** Which parts are there: what is missing is to be brought after a line broke. */
  @Get(':token')
  @Operation({
    summary: 'Tell which parts of an upload are there',
    answers: partsView,
    refuses: ['upload.notFound'],
    example: { path: { token } },
  })
  async parts(
    @Param('token') token: string,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<View<typeof partsView>> {
    allowAnyPage(response)
    return { parts: await this.receiveUpload.parts(token) }
  }
}

function bytesOf(request: IncomingMessage): BroughtBytes {
  return { stream: request, announcedBytes: announcedBytes(request) }
}

function allowAnyPage(response: ServerResponse): void {
  for (const [name, value] of Object.entries(cors)) response.setHeader(name, value)
}

/** @throws AppError `request.invalidValue` */
function partOf(text: string): UploadTarget {
  const part = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (part >= 1 && part <= mostParts) return { part }
  throw new AppError('request.invalidValue', `A part is numbered from 1 to ${mostParts}.`, { field: 'part' })
}
