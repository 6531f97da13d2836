import { AppError } from '@libs/kernel'
import { type Errand, isStorableText } from '@libs/workflow'
import type { IncomingHttpHeaders } from 'node:http'

const deepestNesting = 32

const eventsOfRun = /^\/v1\/runs\/[^/]+\/events\/?$/i

/** What a request takes of this process: the bytes of uploads and files come and go as slowly as a line is. */
export function errandOf(path: string, headers: IncomingHttpHeaders): Errand {
  if (eventsOfRun.test(path)) return 'stream'
  const isBytes = /^(?:multipart\/|application\/offset\+octet-stream)/i.test(headers['content-type'] ?? '')
  return isBytes || !path.startsWith('/v1') ? 'transfer' : 'call'
}

/** @throws AppError `request.unsupportedEncoding`: a small body that grows has no end */
export function refuseEncoded(headers: IncomingHttpHeaders): void {
  if ((headers['content-encoding'] ?? 'identity') === 'identity') return
  throw new AppError('request.unsupportedEncoding', 'Bodies are taken as they are, not compressed.')
}

/** @throws AppError `request.unknownAction`: nothing can be stored under such a name, so no store is asked for it */
export function refuseUnstorable(path: string): void {
  try {
    if (isStorableText(decodeURIComponent(path))) return
  } catch {
    // What is not encoded as addresses are is not there either.
  }
  throw new AppError('request.unknownAction', 'There is nothing at this address.')
}

/** @throws AppError `request.malformed` */
export function refuseDeep(value: unknown, levelsLeft = deepestNesting): void {
  if (typeof value !== 'object' || value === null) return
  if (levelsLeft === 0) throw new AppError('request.malformed', 'The body is nested too deeply.')
  for (const member of Object.values(value)) refuseDeep(member, levelsLeft - 1)
}
