import { AppError } from '@libs/kernel'

const deepestNesting = 32

/** A value that came as text where JSON would have had a type: schemas read from it what they expect. */
export class FormText {
  constructor(readonly text: string) {}
}

interface Branch {
  readonly members: Map<string, Branch | FormText>
}

/**
 * Parameters that were flattened into a form or query: `A.B.0.C=value`.
 * Clients write what is absent as an empty value, so an empty value is absent.
 * @param firstIndex what arrays are counted from
 * @returns nested objects and arrays whose leaves are `FormText`
 * @throws AppError `request.malformed`
 */
export function unflatten(form: Iterable<readonly [string, string]>, firstIndex = 0): unknown {
  const root: Branch = { members: new Map() }
  for (const [key, text] of form) if (text !== '') plant(root, key.split('.'), new FormText(text))
  return grown(root, firstIndex)
}

function plant(root: Branch, path: readonly string[], leaf: FormText): void {
  if (path.length > deepestNesting) throw new AppError('request.malformed', 'The parameters are nested too deeply.')
  let branch = root
  for (const step of path.slice(0, -1)) {
    const next = branch.members.get(step)
    const child: Branch = next === undefined || next instanceof FormText ? { members: new Map() } : next
    branch.members.set(step, child)
    branch = child
  }
  branch.members.set(path.at(-1) ?? '', leaf)
}

function grown(node: Branch | FormText, firstIndex: number): unknown {
  if (node instanceof FormText) return node
  const entries = [...node.members].map(([key, child]) => [key, grown(child, firstIndex)] as const)
  // The vendors' clients sort names as texts, so that the tenth comes before the second.
  const inOrder = entries.toSorted(([a], [b]) => Number(a) - Number(b))
  const isList = inOrder.length > 0 && inOrder.every(([key], index) => key === String(index + firstIndex))
  return isList ? inOrder.map(([, value]) => value) : Object.fromEntries(entries)
}
