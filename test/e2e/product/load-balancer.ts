import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const probeEveryMs = 100

/**
 * As plain as they come: the next backend whose last probe said that it is ready, over connections that are kept; nothing
 * is tried twice.
 */
export class LoadBalancer {
  /** Of every answer that went out. */
  readonly statuses: number[] = []
  private readonly agent = new Agent({ keepAlive: true })
  private readonly ready = new Set<string>()
  private readonly server: Server
  private readonly timer: NodeJS.Timeout
  private turn = 0

  private constructor(private readonly backends: readonly string[]) {
    this.server = createServer((asked, answer) => this.pass(asked, answer))
    this.timer = setInterval(() => void this.probe(), probeEveryMs)
  }

  static async before(...backends: string[]): Promise<LoadBalancer> {
    const balancer = new LoadBalancer(backends)
    balancer.server.listen(0, '127.0.0.1')
    await once(balancer.server, 'listening')
    await balancer.probe()
    return balancer
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** Whether calls go to a backend. */
  sends(backend: string): boolean {
    return this.ready.has(backend)
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    this.agent.destroy()
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  private async probe(): Promise<void> {
    const look = async (backend: string): Promise<void> => {
      const signal = AbortSignal.timeout(1_000)
      const response = await fetch(`${backend}/readyz`, { signal }).catch(() => undefined)
      await response?.body?.cancel()
      // One answer that is late on a busy machine says nothing yet; refusing to connect and 503 do.
      if (response === undefined && signal.aborted) return
      if (response?.ok === true) this.ready.add(backend)
      else this.ready.delete(backend)
    }
    await Promise.all(this.backends.map(look))
  }

  private pass(asked: IncomingMessage, answer: ServerResponse): void {
    const backends = this.backends.filter((backend) => this.ready.has(backend))
    const backend = backends[this.turn++ % backends.length]
    if (backend === undefined) {
      this.end(answer, 503)
      return
    }
    const { method, headers, url } = asked
    const passed = request(`${backend}${url}`, { method, headers, agent: this.agent }, (answered) => {
      const status = answered.statusCode ?? 502
      this.statuses.push(status)
      answer.writeHead(status, { 'content-type': answered.headers['content-type'] ?? '' })
      answered.pipe(answer)
    })
    passed.on('error', () => this.end(answer, 502))
    asked.pipe(passed)
  }

  private end(answer: ServerResponse, status: number): void {
    this.statuses.push(status)
    answer.writeHead(status).end()
  }
}
