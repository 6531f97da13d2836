/**
 * A document without what schemas say to nobody's use: the pattern of a time beside its format, and that an integer is one
 * that JavaScript can hold.
 */
export function withoutNoise<Node>(node: Node): Node {
  return JSON.parse(JSON.stringify(node), (_name, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return quiet(value)
    return value
  }) as Node
}

function quiet(schema: object): object {
  const isTime = 'format' in schema && schema.format === 'date-time'
  const said = Object.entries(schema).filter(([name, value]) => {
    if (name === 'pattern') return !isTime
    return !((name === 'minimum' || name === 'maximum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER)
  })
  return Object.fromEntries(said)
}
