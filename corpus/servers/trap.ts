import { once } from 'node:events'
import { createServer } from 'node:net'
import { trapHost } from './addresses'

/** A service inside, that nothing which comes from strangers may reach: counts who knocks. */
export class Trap {
  hits = 0
  port = 0
  private readonly servers = [trapHost, '::1'].map((host) => ({
    host,
    server: createServer((socket) => {
      this.hits += 1
      socket.destroy()
    }),
  }))

  async open(): Promise<void> {
    for (const { host, server } of this.servers) {
      server.listen(this.port, host)
      // A machine without IPv6 has no trap there.
      const isOpen = await once(server, 'listening').then(
        () => true,
        () => false,
      )
      const address = server.address()
      if (isOpen && typeof address === 'object') this.port = address?.port ?? 0
    }
  }

  close(): void {
    for (const { server } of this.servers) if (server.listening) server.close()
  }
}
