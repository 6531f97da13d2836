import type { Structure } from './declarations'

/** Members that may have a fraction; every other number is an integer, as strict clients read it. */
const fractions: readonly string[] = [
  ...['TimeOffset', 'TimeOffsetSet', 'PositionValue', 'StartTimeOffset', 'EndTimeOffset', 'FramePts', 'FramePtsSet'],
  ...['Duration', 'VideoDuration', 'AudioDuration', 'FontAlpha'],
]

/** Holds answers against the types that the official SDK declares, and notes which members they carry. */
export class AnswerCheck {
  /** What is wrong, each once. */
  readonly mistakes = new Set<string>()
  private readonly seen = new Map<string, Set<string>>()

  constructor(
    private readonly structures: ReadonlyMap<string, Structure>,
    /** Members of ours, by structure. */
    private readonly extensions: Readonly<Record<string, readonly string[]>>,
  ) {}

  /** @param path where the value is, for what is wrong with it */
  hold(name: string, value: unknown, path: string): void {
    const structure = this.structures.get(name)
    if (structure === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.mistakes.add(`${path} is no ${name}`)
      return
    }
    for (const [key, inner] of Object.entries(value)) {
      if (inner === null) continue
      const member = structure.get(key)
      if (member !== undefined) this.holdMember(member, key, inner, `${path}.${key}`)
      else if (!this.extensions[name]?.includes(key)) this.mistakes.add(`${path}.${key} is unknown to ${name}`)
      this.seen.set(name, (this.seen.get(name) ?? new Set()).add(key))
    }
  }

  /** The members that were seen, by structure, each in alphabetical order. */
  carried(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(
      [...this.seen].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, members]) => [name, [...members].toSorted()]),
    )
  }

  private holdMember(
    { type, isList }: { readonly type: string; readonly isList: boolean },
    key: string,
    value: unknown,
    path: string,
  ): void {
    if (isList !== Array.isArray(value)) {
      this.mistakes.add(`${path} is ${isList ? 'no' : 'a'} list`)
      return
    }
    const items: readonly unknown[] = Array.isArray(value) ? value : [value]
    for (const item of items) {
      if (this.structures.has(type)) this.hold(type, item, path)
      else if (typeof item !== type) this.mistakes.add(`${path} is no ${type}`)
      else if (type === 'number' && !fractions.includes(key) && !Number.isSafeInteger(item)) {
        this.mistakes.add(`${path} is no integer`)
      }
    }
  }
}
