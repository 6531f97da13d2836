import { createHash } from 'node:crypto'

/** A strong validator (RFC 9110, section 8.8.3) of an answer: as long as it is the same, so is every byte. */
export function entityTagOf(shown: unknown): string {
  return `"${createHash('sha256').update(JSON.stringify(shown)).digest('base64url')}"`
}

const entityTags = /(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g

/**
 * Whether `If-Match` holds (RFC 9110, section 13.1.1) for something that is there.
 * @param asked the header
 * @param tag the entity tag of what is there; tags that are weak never match
 */
export function matches(asked: string, tag: string): boolean {
  if (asked.trim() === '*') return true
  return [...asked.matchAll(entityTags)].some(([, weak, opaque]) => weak === undefined && opaque === tag)
}
