import fc from 'fast-check'
import { runTransitions } from './run-state'
import { taskTransitions } from './task-state'
import { canMove, isFinal, sourcesOf, statesOf, type Transitions } from './transitions'

describe.each([
  ['runs', runTransitions as Transitions<string>],
  ['tasks', taskTransitions as Transitions<string>],
])('the states of %s', (_, table) => {
  it('all reach an end', () => {
    fc.assert(
      fc.property(fc.constantFrom(...statesOf(table)), (start) => {
        const seen = new Set([start])
        for (const state of seen) for (const next of table[state] ?? []) seen.add(next)
        expect([...seen].some((state) => isFinal(table, state))).toBe(true)
      }),
    )
  })

  it('can be entered just from where they can be left to', () => {
    for (const to of statesOf(table)) {
      expect(sourcesOf(table, to)).toEqual(statesOf(table).filter((from) => canMove(table, from, to)))
    }
  })
})

it('a task that has ended stays as it is', () => {
  for (const state of ['succeeded', 'failed'] as const) expect(isFinal(taskTransitions, state)).toBe(true)
})
