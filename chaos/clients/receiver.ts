import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'

const event = z.object({
  EventType: z.string(),
  ProcedureStateChangeEvent: z.object({ TaskId: z.string(), Status: z.string() }).optional(),
})

/** One request that came, whatever it was answered. */
export interface Arrival {
  readonly webhookId: string
  readonly atMs: number
  readonly bodyHash: string
  /** Undefined when it was not about a run. */
  readonly runId: string | undefined
  readonly isEnd: boolean
  readonly answered: boolean
}

/** How the receiver treats a request that it has read: a status, or what it does instead of answering. */
export type Treatment =
  number | 'reset' | { readonly status: number; readonly afterMs: number; readonly headers?: object }

/** A customer's server that events are pushed to; it keeps what came, and a body for each run's end. */
export class Receiver {
  readonly arrivals: Arrival[] = []
  /** The body of a run's last event, as it came first. */
  readonly endOf = new Map<string, string>()
  treat: () => Treatment = () => 200
  private readonly server = createServer((request, response) => {
    void this.receive(request, response).catch(() => response.destroy())
  })

  static async open(): Promise<Receiver> {
    const receiver = new Receiver()
    receiver.server.listen(0, '127.0.0.1')
    await once(receiver.server, 'listening')
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/events`
  }

  close(): void {
    this.server.close()
    this.server.closeAllConnections()
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request)
    const told = event.parse(JSON.parse(body.toString())).ProcedureStateChangeEvent
    const runId = /[0-9a-f]{32}/.exec(told?.TaskId ?? '')?.[0]
    const isEnd = told?.Status === 'FINISH' || told?.Status === 'ABORTED'
    const treatment = this.treat()
    const status = typeof treatment === 'number' ? treatment : treatment === 'reset' ? undefined : treatment.status
    this.arrivals.push({
      webhookId: String(request.headers['webhook-id']),
      atMs: Date.now(),
      bodyHash: createHash('sha256').update(body).digest('hex'),
      ...{ runId, isEnd },
      answered: status !== undefined && status >= 200 && status < 300,
    })
    if (runId !== undefined && isEnd && !this.endOf.has(runId)) this.endOf.set(runId, body.toString())
    if (status === undefined) request.socket.destroy()
    else if (typeof treatment !== 'object') response.writeHead(status).end()
    else setTimeout(() => response.writeHead(status, { ...treatment.headers }).end(), treatment.afterMs)
  }
}
