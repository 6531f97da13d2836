import { AppError } from '@libs/kernel'
import { Queue } from 'bullmq'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connectQueue, type QueueConnection } from '../connect-queue'
import type { QueueSettings } from '../queue.env'
import { executeQueues, keyPrefix, settleQueue } from '../wire/names'
import { withoutQueries } from './without-queries'

type Serve = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void

/** A page that shows the queues and their jobs, and changes nothing: who moves jobs by hand moves them behind PostgreSQL's back. */
export class QueueBoard {
  private connection: QueueConnection | undefined
  private serving: Promise<Serve> | undefined

  /** Connects to nothing yet. @param path where it is mounted */
  constructor(
    private readonly settings: QueueSettings,
    private readonly path: string,
  ) {}

  /** Answers a request whose path is below the board's. @throws AppError `request.unsupportedMethod`, `internal` when the queue does not answer */
  async serve(...[request, response, next]: Parameters<Serve>): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new AppError('request.unsupportedMethod', 'The board shows the queues and changes nothing.')
    }
    this.connection ??= connectQueue(this.settings)
    // The page alone would hide it: it shows what it can, and goes on asking.
    if (!(await this.connection.isReachable())) throw new AppError('internal', 'The queue does not answer.')
    this.serving ??= openBoard(this.connection, this.path)
    const serve = await this.serving
    serve(request, response, next)
  }
}

/** The library is loaded where somebody looks at it. */
async function openBoard(connection: QueueConnection, path: string): Promise<Serve> {
  const { createBullBoard } = await import('@bull-board/api')
  const { BullMQAdapter } = await import('@bull-board/api/bullMQAdapter')
  const { ExpressAdapter } = await import('@bull-board/express')
  const queues = [settleQueue, ...Object.values(executeQueues)].map((name) => {
    const queue = new Queue(name, { connection: connection.producer(), prefix: keyPrefix })
    // Whoever asks next hears of it.
    queue.on('error', () => undefined)
    const adapter = new BullMQAdapter(queue, { readOnlyMode: true, allowRetries: false })
    adapter.setFormatter('data', withoutQueries)
    return adapter
  })
  const server = new ExpressAdapter().setBasePath(path)
  createBullBoard({ queues, serverAdapter: server, options: { uiConfig: { boardTitle: 'Stillflow' } } })
  return server.getRouter() as Serve
}
