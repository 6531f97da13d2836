const longestKey = 512
const segment = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/** Whether a key is slash-separated segments of safe characters, none of which hides or climbs. */
export function isStorageKey(key: string): boolean {
  return key.length <= longestKey && key.split('/').every((part) => segment.test(part) && !part.includes('..'))
}
