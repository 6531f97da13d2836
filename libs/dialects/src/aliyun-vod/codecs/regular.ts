const counter = '{SnapshotCount}'
const digits = 5

/**
 * The rule by which names of files are made: the text with `{SnapshotCount}` where each has its number, of five digits and
 * counted from 1. A single file without a number is its own rule.
 * @returns undefined when they are not made by such a rule
 */
export function regularOf(names: readonly string[]): string | undefined {
  const [first = ''] = names
  const at = first.lastIndexOf('1'.padStart(digits, '0'))
  if (at === -1) return names.length === 1 ? first : undefined
  const rule = `${first.slice(0, at)}${counter}${first.slice(at + digits)}`
  const isRule = names.every((name, index) => name === rule.replace(counter, String(index + 1).padStart(digits, '0')))
  return isRule ? rule : undefined
}
