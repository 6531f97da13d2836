import { AppError } from '@libs/kernel'
import type { IncomingMessage } from 'node:http'
import type { RequestHead } from './dialect'

export function headOf({ method = '', url = '/', headers }: IncomingMessage): RequestHead {
  const [path = '/', ...query] = url.split('?')
  return { method, path, query: query.join('?'), headers }
}

/** As express tells it, which knows whether to believe X-Forwarded-For. */
export function addressOf({ ip, socket }: IncomingMessage & { readonly ip?: string | undefined }): string {
  return ip ?? socket.remoteAddress ?? ''
}

/** @throws AppError `request.unsupportedEncoding`: a small body that grows has no end */
export function refuseEncoded({ headers }: RequestHead): void {
  if ((headers['content-encoding'] ?? 'identity') === 'identity') return
  throw new AppError('request.unsupportedEncoding', 'Bodies are taken as they are, not compressed.', {
    field: 'Content-Encoding',
  })
}
