import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Cuts off connections on which nothing comes or goes for `silenceMs`; not while it is us who owe an answer to a whole
 * request, and owe it for less than `answerMs`: parts of a large upload may take long to be joined.
 */
export function limitSilence(server: Server, silenceMs: number, answerMs: number): void {
  const calls = new WeakMap<Socket, readonly [IncomingMessage, ServerResponse, sinceMs: number]>()
  server.timeout = silenceMs
  server.on('request', (request, response) => calls.set(request.socket, [request, response, performance.now()]))
  server.on('timeout', (socket: Socket) => {
    const [request, response, sinceMs = 0] = calls.get(socket) ?? []
    const isOwed = request?.complete === true && response?.headersSent === false
    if (isOwed && performance.now() - sinceMs < answerMs) socket.setTimeout(silenceMs)
    else socket.destroy()
  })
}
