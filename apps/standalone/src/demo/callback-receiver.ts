import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'

export interface CallbackReceiver {
  readonly url: string
  /** The first body, received from now on or before, that `wanted` says yes to. */
  find(wanted: (body: Buffer) => boolean): Buffer | undefined
  close(): Promise<void>
}

/** A customer's little HTTP server: it answers every POST with 200 and keeps the bodies byte for byte. */
export async function receiveCallbacks(): Promise<CallbackReceiver> {
  const bodies: Buffer[] = []
  const keep = async (request: IncomingMessage): Promise<number> => {
    if (request.method !== 'POST') return 405
    bodies.push(await buffer(request))
    return 200
  }
  const server = createServer((request, response) => {
    keep(request).then(
      (status) => response.writeHead(status).end(),
      () => response.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/callback`,
    find: (wanted) => bodies.find(wanted),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
