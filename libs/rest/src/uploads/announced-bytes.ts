import type { IncomingMessage } from 'node:http'

/** How long a request says that its body is; undefined when it comes in chunks. */
export function announcedBytes({ headers }: IncomingMessage): number | undefined {
  const length = headers['content-length']
  return length === undefined ? undefined : Number(length)
}
