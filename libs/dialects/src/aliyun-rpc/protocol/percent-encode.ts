/** RFC 3986, as both of the vendor's signatures have it: everything but letters, digits and `-_.~`, in upper case. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** `name=value` pairs, encoded, sorted by name and joined by `&`. */
export function canonicalQuery(pairs: readonly (readonly [name: string, value: string])[]): string {
  const sorted = pairs.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
  return sorted.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&')
}
