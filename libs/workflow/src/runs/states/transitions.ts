/** A state machine as a table: from each state, the states that may follow. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>

export function canMove<State extends string>(table: Transitions<State>, from: State, to: State): boolean {
  return table[from].includes(to)
}

export function isFinal<State extends string>(table: Transitions<State>, state: State): boolean {
  return table[state].length === 0
}

/** The states that `to` may be entered from: what a guarded update has to find. */
export function sourcesOf<State extends string>(table: Transitions<State>, to: State): readonly State[] {
  const sources: State[] = []
  for (const from in table) if (canMove(table, from, to)) sources.push(from)
  return sources
}
