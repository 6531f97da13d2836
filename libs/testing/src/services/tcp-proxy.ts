import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A line to a service that can be cut, or fall silent. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>()
  private readonly silent = new WeakSet<Socket>()
  private swallowed: string | undefined
  private isCut = false

  private constructor(
    private readonly server: Server,
    /** The service's URL, through the proxy. */
    readonly url: string,
  ) {}

  static async to(serviceUrl: string): Promise<TcpProxy> {
    const { hostname, port } = new URL(serviceUrl)
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = new URL(serviceUrl)
    url.hostname = '127.0.0.1'
    url.port = String((server.address() as AddressInfo).port)
    const proxy = new TcpProxy(server, url.href)
    server.on('connection', (near) => proxy.join(near, connect(Number(port), hostname)))
    return proxy
  }

  /** A connection on which this text is said hears nothing any more; it stays open. An empty text silences all. */
  swallow(text: string | undefined): void {
    this.swallowed = text
  }

  /** Ends all connections, and all that are made from now on. */
  cut(): void {
    this.isCut = true
    for (const socket of this.sockets) socket.destroy()
  }

  mend(): void {
    this.isCut = false
  }

  async close(): Promise<void> {
    this.cut()
    this.server.close()
    await once(this.server, 'close')
  }

  private join(near: Socket, far: Socket): void {
    for (const socket of [near, far]) {
      this.sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        this.sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    if (this.isCut) near.destroy()
    near.on('data', (data) => {
      if (this.swallowed !== undefined && data.includes(this.swallowed)) this.silent.add(near)
      if (!this.silent.has(near)) far.write(data)
    })
    far.on('data', (data) => {
      if (!this.silent.has(near)) near.write(data)
    })
  }
}
