import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net'
import { originHost } from './addresses'
import type { SecureContextOptions } from 'node:tls'
import type { Certificate } from './certificates'

/** Other people's servers, each as good or bad as a case wants it. */
export class Origins {
  private readonly pages = new Map<string, RequestListener>()
  private readonly servers: (Server | TcpServer)[] = []
  private readonly sockets = new Set<Socket>()
  private base = ''
  port = 0

  async open(): Promise<void> {
    const server = createServer((request, response) => {
      const [path = ''] = (request.url ?? '').split('?')
      const page = this.pages.get(path)
      if (page === undefined) response.writeHead(404).end()
      else page(request, response)
    })
    this.port = await this.listen(server)
    this.base = `http://${originHost}:${this.port}`
  }

  /** Puts something at a path. @returns its URL */
  at(path: string, page: RequestListener): string {
    this.pages.set(path, page)
    return `${this.base}${path}`
  }

  /** The same server under another name. */
  urlAt(host: string, path: string): string {
    return `http://${host}:${this.port}${path}`
  }

  /** A server with a certificate, however weak. @returns its port */
  secure(certificate: Certificate & Pick<SecureContextOptions, 'maxVersion'>, page: RequestListener): Promise<number> {
    return this.listen(createTlsServer({ ...certificate, ciphers: 'DEFAULT@SECLEVEL=0' }, page))
  }

  /** A server that does with connections as it likes. @returns its URL */
  async raw(answer: (socket: Socket) => void): Promise<string> {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined)
      answer(socket)
    })
    return `http://${originHost}:${await this.listen(server)}/clip.mp4`
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy()
    for (const server of this.servers) server.close()
  }

  private async listen(server: Server | TcpServer): Promise<number> {
    this.servers.push(server)
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
    })
    server.on('tlsClientError', () => undefined)
    server.listen(0, originHost)
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' ? (address?.port ?? 0) : 0
  }
}
