import { Socket } from 'node:net'

/**
 * A connection that ends itself with an error when nothing is heard for `limitMs` after something was said: a server that
 * is frozen, or behind a line that was cut, is noticed then and not after TCP's quarter of an hour. It may be idle for ever.
 */
export function answeredSocket(limitMs: number): Socket {
  const socket = new Socket()
  let answeredBytes = 0
  socket.on('data', () => {
    answeredBytes = socket.bytesWritten
  })
  socket.setTimeout(limitMs)
  socket.on('timeout', () => {
    if (socket.bytesWritten > answeredBytes) socket.destroy(new Error(`There was no answer within ${limitMs} ms.`))
  })
  return socket
}
