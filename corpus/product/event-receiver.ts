import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import { originHost } from '../servers/addresses'

const runEnd = z.object({
  EventType: z.literal('ProcedureStateChanged'),
  ProcedureStateChangeEvent: z.object({ TaskId: z.string(), Status: z.literal('FINISH') }),
})

/** The customer's server that events are pushed to: counts how often each run's end was told. */
export class EventReceiver {
  url = ''
  /** By run the ids of its terminal events; the same event may be delivered again. */
  private readonly ends = new Map<string, Set<string>>()
  private readonly waiting = new Map<string, () => void>()
  private readonly server = createServer((request, response) => {
    void buffer(request).then((body) => {
      this.note(String(request.headers['webhook-id']), body.toString())
      response.writeHead(200).end()
    })
  })

  async open(): Promise<void> {
    this.server.listen(0, originHost)
    await once(this.server, 'listening')
    const address = this.server.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    this.url = `http://${originHost}:${port}/events`
  }

  close(): void {
    this.server.close()
    this.server.closeAllConnections()
  }

  /** Waits until a run's end was told. @throws Error after the limit */
  async endOf(runId: string, limitMs: number): Promise<void> {
    if (this.ends.has(runId)) return
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve, reject) => {
      this.waiting.set(runId, resolve)
      timer = setTimeout(() => reject(new Error(`No event told of the end within ${limitMs / 1000} s.`)), limitMs)
    }).finally(() => clearTimeout(timer))
  }

  /** How many terminal events a run has had. */
  countOf(runId: string): number {
    return this.ends.get(runId)?.size ?? 0
  }

  private note(id: string, body: string): void {
    const end = runEnd.safeParse(JSON.parse(body))
    if (!end.success) return
    const [runId] = /[0-9a-f]{32}/.exec(end.data.ProcedureStateChangeEvent.TaskId) ?? ['']
    const ids = this.ends.get(runId) ?? new Set()
    this.ends.set(runId, ids.add(id))
    this.waiting.get(runId)?.()
  }
}
