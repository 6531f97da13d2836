import { mainSubApp, type SubAppId } from '@libs/kernel'
import { applyDecorators, Delete, Head, Options, Param, Patch, Post, Req, Res } from '@nestjs/common'
import { ApiExcludeEndpoint, ApiHeader } from '@nestjs/swagger'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Caller } from '../../caller'
import { exampleIds } from '../../openapi/example-ids'
import { Operation } from '../../openapi/operation'
import { RestController } from '../../rest-controller'
import { bytesBody } from '../bytes-body'
import { ResumableDoor } from './resumable-door'

const path = { uploadId: exampleIds.growingUpload }

const piece = { 'application/offset+octet-stream': bytesBody }

const tus = { 'Tus-Resumable': '1.0.0' }
const metadata = 'filename dHJhaWxlci5tcDQ=,procedure cHJldmlld3M='

function header(name: string, description: string): MethodDecorator {
  return ApiHeader({ name, required: true, description, schema: { type: 'string' } })
}

const version = () => header('Tus-Resumable', 'The version of the protocol.')

const creation = () =>
  applyDecorators(
    version(),
    header('Upload-Length', 'How many bytes there will be; or `Upload-Defer-Length: 1`.'),
    header(
      'Upload-Metadata',
      'Names and values in base64: `filename`, and the fields of a form of `POST /v1/media` but for `sessionId`.',
    ),
  )

/** Uploads that can be resumed: tus 1.0, https://tus.io/protocols/resumable-upload. */
@RestController('uploads', { looking: 'upload', acting: 'upload' })
export class ResumableUploadsController {
  constructor(private readonly door: ResumableDoor) {}

  /** `Location` is where the bytes go. Once all have come the upload is a media, `Stillflow-Media-Id`, and its procedure runs. */
  @Post()
  @creation()
  @Operation({
    summary: 'Begin an upload that can be resumed (tus)',
    status: 201,
    refuses: ['procedure.notFound', 'queue.notFound', 'storage.full'],
    example: { headers: { ...tus, 'Upload-Length': '23', 'Upload-Metadata': metadata } },
  })
  begin(@Caller() subAppId: SubAppId, @Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.door.answer(request, response, subAppId)
  }

  /** `Upload-Offset` says it. */
  @Head(':uploadId')
  @version()
  @Operation({
    summary: 'Tell how much of an upload has come (tus)',
    status: 200,
    refuses: ['upload.notFound', 'upload.busy'],
    example: { path, headers: tus },
  })
  offset(
    @Caller() subAppId: SubAppId,
    @Param('uploadId') token: string,
    @Req() request: IncomingMessage,
    @Res() response: ServerResponse,
  ): Promise<void> {
    return this.door.answer(request, response, subAppId, token)
  }

  @Patch(':uploadId')
  @applyDecorators(version(), header('Upload-Offset', 'How much has come: where these bytes go.'))
  @Operation({
    summary: 'Bring the next bytes of an upload (tus)',
    takes: piece,
    refuses: ['upload.notFound', 'upload.wrongOffset', 'upload.busy', 'storage.full'],
    example: {
      path,
      headers: { ...tus, 'Upload-Offset': '0' },
      bodies: { 'application/offset+octet-stream': 'the bytes of a video' },
    },
  })
  append(
    @Caller() subAppId: SubAppId,
    @Param('uploadId') token: string,
    @Req() request: IncomingMessage,
    @Res() response: ServerResponse,
  ): Promise<void> {
    return this.door.answer(request, response, subAppId, token)
  }

  @Delete(':uploadId')
  @version()
  @Operation({
    summary: 'Give an upload up, with what has come of it (tus)',
    refuses: ['upload.notFound', 'upload.busy'],
    example: { path, headers: tus },
  })
  giveUp(
    @Caller() subAppId: SubAppId,
    @Param('uploadId') token: string,
    @Req() request: IncomingMessage,
    @Res() response: ServerResponse,
  ): Promise<void> {
    return this.door.answer(request, response, subAppId, token)
  }

  /** What a browser asks before it calls: it has no key to show yet. */
  @Options(['', ':uploadId'])
  @ApiExcludeEndpoint()
  preflight(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.door.answer(request, response, mainSubApp)
  }
}
