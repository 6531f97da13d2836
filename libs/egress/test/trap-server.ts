import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

/** An HTTP server on every local address, on a random port, that counts who reached it. */
export async function startTrap(answer: Answer) {
  const hits: string[] = []
  const onRequest: RequestListener = (request, response) => {
    hits.push(request.url ?? '')
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (text: string) => (body += text))
    request.on('end', () => answer(request, response, body))
  }
  const server = createServer(onRequest).listen(0, '::')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    hits,
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export type Trap = Awaited<ReturnType<typeof startTrap>>
