import { ExpressAdapter } from '@nestjs/platform-express'
import { createServer, type RequestListener } from 'node:http'
import { answerUnread } from './answer-unread'

/** Node's own limit of 16 KB is for line and headers together; a GET of Tencent's may have a query of 32 KB. */
const maxHeaderSize = 64 * 1024

/** Express on a server that takes long request lines. */
export class WideAdapter extends ExpressAdapter {
  override initHttpServer(): void {
    const server = createServer({ maxHeaderSize }, this.getInstance<RequestListener>())
    this.httpServer = server.on('clientError', answerUnread)
  }
}
