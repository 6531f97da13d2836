import { type SubAppId, toAppError } from '@libs/kernel'
import { SourceStore } from '@libs/tasks'
import { RegisterMedia, type RegisteredMedia } from '@libs/workflow'
import { Body, Post, Res, UploadedFile, UseInterceptors } from '@nestjs/common'
import { FileInterceptor } from '@nestjs/platform-express'
import { ApiBody, ApiConsumes } from '@nestjs/swagger'
import type { ServerResponse } from 'node:http'
import { Caller } from '../caller'
import { checkInput } from '../check-input'
import { RestController } from '../rest-controller'
import { registerMediaBody, toRegisterMedia } from './register-media-body'

const uploadSchema = {
  type: 'object',
  properties: {
    file: { type: 'string', format: 'binary' },
    name: { type: 'string' },
    procedure: { type: 'string' },
    priority: { type: 'integer' },
    notifyMode: { type: 'string', enum: ['finish', 'change', 'none'] },
    sessionContext: { type: 'string' },
    sessionId: { type: 'string' },
  },
}

@RestController('media')
export class MediaController {
  constructor(
    private readonly registerMedia: RegisterMedia,
    private readonly sources: SourceStore,
  ) {}

  /** A form with a file, or JSON with a URL; a procedure named with it runs as soon as the media is ready. */
  @Post()
  @UseInterceptors(FileInterceptor('file'))
  @ApiConsumes('multipart/form-data', 'application/json')
  @ApiBody({ schema: uploadSchema })
  async register(
    @Caller() subAppId: SubAppId,
    @UploadedFile() upload: Express.Multer.File | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<RegisteredMedia> {
    try {
      const checked = checkInput(registerMediaBody, body)
      const command = toRegisterMedia(checked, upload, subAppId, () => this.registerMedia.nextId())
      const registered = await this.registerMedia.execute(command)
      response.setHeader('Location', `/v1/media/${registered.mediaId}`)
      return registered
    } catch (thrown) {
      // After any other failure the media may have been stored all the same, and would be without its bytes.
      if (upload !== undefined && toAppError(thrown).blame === 'caller') await this.sources.remove(upload.path)
      throw thrown
    }
  }
}
