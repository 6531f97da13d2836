import { createServer, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { waitFor } from '../product/wait-for'
import { close, listen } from './listen'

export interface Delivery {
  readonly webhookId: string
  readonly contentType: string
  /** With its query. */
  readonly path: string
  readonly body: string
}

/** A customer's server that events are pushed to. */
export class CallbackReceiver {
  /** As they came, refused ones too. */
  readonly deliveries: Delivery[] = []
  /** Of each delivery, in the same order. */
  readonly headers: Readonly<Record<string, string>>[] = []
  /** Statuses of the answers to come; 200 when there is none left. */
  readonly answers: number[] = []
  url = ''
  private readonly server = createServer((request, response) => {
    this.receive(request).then(
      (status) => response.writeHead(status).end(),
      () => response.destroy(),
    )
  })

  async open(): Promise<void> {
    this.url = `${await listen(this.server)}/callback`
  }

  close(): Promise<void> {
    return close(this.server)
  }

  /** Deliveries of events about this run. */
  about(taskId: string): readonly Delivery[] {
    return this.deliveries.filter(({ body }) => body.includes(taskId))
  }

  /** Waits for the event that a run has ended. */
  finishOf(taskId: string, limitMs = 30_000): Promise<Delivery> {
    return waitFor(`The event of ${taskId}`, limitMs, () =>
      this.about(taskId).find(({ body }) => isTaskEvent(body) && body.includes('"Status":"FINISH"')),
    )
  }

  private async receive(request: IncomingMessage): Promise<number> {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    this.headers.push(headers)
    const webhookId = String(headers['webhook-id'])
    const contentType = String(headers['content-type'])
    const { url: path = '' } = request
    this.deliveries.push({ webhookId, contentType, path, body: (await buffer(request)).toString() })
    return this.answers.shift() ?? 200
  }
}

/** The end of a pull tells of a FINISH too. */
function isTaskEvent(body: string): boolean {
  return body.includes('"EventType":"ProcedureStateChanged"')
}
