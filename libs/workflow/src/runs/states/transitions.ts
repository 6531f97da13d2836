/** A state machine as a table: from each state, the states that may follow. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>

export function canMove<State extends string>(table: Transitions<State>, from: State, to: State): boolean {
  return table[from].includes(to)
}

export function isFinal<State extends string>(table: Transitions<State>, state: State): boolean {
  return table[state].length === 0
}

export function statesOf<State extends string>(table: Transitions<State>): readonly State[] {
  const states: State[] = []
  for (const state in table) states.push(state)
  return states
}

/** The states that `to` may be entered from: what a guarded update has to find. */
export function sourcesOf<State extends string>(table: Transitions<State>, to: State): readonly State[] {
  return statesOf(table).filter((from) => canMove(table, from, to))
}
