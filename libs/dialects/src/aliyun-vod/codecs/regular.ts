import type { Artifact } from '@libs/tasks'

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
  const isAlone = names.length === 1
  if (at === -1 || (isAlone && at < first.lastIndexOf('/'))) return isAlone ? first : undefined
  const rule = `${first.slice(0, at)}${counter}${first.slice(at + digits)}`
  const isRule = names.every((name, index) => name === rule.replace(counter, String(index + 1).padStart(digits, '0')))
  return isRule ? rule : undefined
}

/**
 * The rule as a URL: what lets a caller in to the first file is in the place where it is for all.
 * @returns undefined when the files are not named by such a rule
 */
export function regularUrlOf(files: readonly Artifact[], urlOf: (key: string) => string): string | undefined {
  const rule = regularOf(files.map(({ key }) => key))
  const [first] = files
  if (first === undefined || rule === undefined) return undefined
  return `${urlOf(first.key).slice(0, -first.key.length)}${rule}`
}
