import type { StoredFile } from '@libs/workflow'
import type { Request } from 'express'

export interface FilePart {
  readonly positionBytes: number
  readonly lengthBytes: number
}

/**
 * Which part of a file a request wants (RFC 9110, section 14).
 * @returns undefined for the whole of it, as for several parts at once, for units unknown and for a part of another version
 */
export function askedPart(request: Request, file: StoredFile): FilePart | 'beyondEnd' | undefined {
  if (!isSameVersion(request.get('if-range'), file)) return undefined
  const ranges = request.range(file.sizeBytes)
  if (ranges === -1) return 'beyondEnd'
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes' || ranges.length > 1) return undefined
  const [range] = ranges
  return range && { positionBytes: range.start, lengthBytes: range.end - range.start + 1 }
}

/** Whether an If-Range lets a part be sent; its date has whole seconds. */
function isSameVersion(ifRange: string | undefined, { entityTag, modifiedAt }: StoredFile): boolean {
  if (ifRange === undefined || ifRange === entityTag) return true
  return Date.parse(ifRange) === Math.floor(modifiedAt.getTime() / 1_000) * 1_000
}
