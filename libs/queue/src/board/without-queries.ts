/** A job's data to be looked at: the query of a URL may be what lets in. */
export function withoutQueries(data: unknown): unknown {
  const text = JSON.stringify(data, (_key, value: unknown) =>
    typeof value === 'string' && /^https?:/i.test(value) ? value.replace(/\?.*$/s, '?…') : value,
  ) as string | undefined
  return text === undefined ? undefined : (JSON.parse(text) as unknown)
}
