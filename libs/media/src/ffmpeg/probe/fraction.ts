/** What ffprobe writes as `16:9` or `30000/1001`; undefined when it is nothing, or nothing to divide by. */
export function fraction(text: string, separator: ':' | '/'): number | undefined {
  const [numerator, denominator] = text.split(separator).map(Number)
  return numerator && denominator ? numerator / denominator : undefined
}
