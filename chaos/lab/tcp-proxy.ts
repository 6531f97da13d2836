import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** `drop`: bytes vanish both ways and connections stay open, as with a firewall that drops packets. */
export type ProxyMode = 'pass' | 'drop' | 'drop to server' | 'drop to client' | 'refuse'

/** A wire between a client and a server that can be cut, slowed down and blocked in one direction. */
export class TcpProxy {
  delayMs = 0
  private current: ProxyMode = 'pass'
  /** Connections that lost bytes: TCP would not go on with a hole in its stream. */
  private readonly holed = new Set<Socket>()
  private readonly sockets = new Set<Socket>()
  private readonly server: Server

  private constructor(private readonly target: number) {
    this.server = createServer((client) => this.join(client))
  }

  static async to(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target)
    proxy.server.listen(0, '127.0.0.1')
    await once(proxy.server, 'listening')
    return proxy
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  get mode(): ProxyMode {
    return this.current
  }

  set mode(mode: ProxyMode) {
    this.current = mode
    if (mode === 'refuse') for (const socket of this.sockets) socket.destroy()
    if (mode !== 'pass') return
    for (const socket of this.holed) socket.destroy()
    this.holed.clear()
  }

  close(): void {
    this.server.close()
    for (const socket of this.sockets) socket.destroy()
  }

  private join(client: Socket): void {
    if (this.mode === 'refuse') {
      client.destroy()
      return
    }
    const upstream = connect(this.target, '127.0.0.1')
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true)
      this.sockets.add(socket)
      socket.on('error', () => undefined)
    }
    this.carry(client, upstream, 'drop to server')
    this.carry(upstream, client, 'drop to client')
  }

  private carry(from: Socket, to: Socket, blocked: ProxyMode): void {
    const write = (bytes: Buffer) => {
      if (!to.destroyed) to.write(bytes)
    }
    from.on('data', (bytes: Buffer) => {
      if (this.mode === 'drop' || this.mode === blocked) {
        for (const end of [from, to]) this.holed.add(end)
        return
      }
      if (this.delayMs > 0) setTimeout(() => write(bytes), this.delayMs)
      else write(bytes)
    })
    from.on('close', () => {
      this.sockets.delete(from)
      this.holed.delete(from)
      // A cut wire does not tell the other end that somebody hung up.
      if (this.mode === 'pass') to.destroy()
    })
  }
}
