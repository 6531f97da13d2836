import { unreadHeadMembers } from '@libs/dialects'
import { countRefusal } from '@libs/health'
import { AppError } from '@libs/kernel'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** A status that tells what Node could not read. */
function statusOf(error: Error): number {
  const code = 'code' in error ? error.code : undefined
  if (code === 'HPE_HEADER_OVERFLOW') return 431
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
}

/**
 * Answers a request whose head Node could not read, where nothing else sees it. Nobody knows by then whom it was for, so the
 * body has the members that REST tells and those that clients of the dialects look for.
 */
export function answerUnread(error: Error, socket: Duplex): void {
  const hungUp = 'code' in error && error.code === 'ECONNRESET'
  if (hungUp || !socket.writable) {
    socket.destroy()
    return
  }
  const status = statusOf(error)
  const detail = status === 431 ? 'The request line and headers are too long.' : 'The request is not readable HTTP.'
  const code = status === 431 ? 'request.tooLarge' : 'request.malformed'
  countRefusal(code)
  const body = JSON.stringify({ status, code, detail, ...unreadHeadMembers(new AppError(code, detail)) })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
