import type { Verdict } from './checking/verdict'
import type { Backend, Lab, LabOptions } from './lab/lab'
import type { SeededRandom } from './seeded-random'

/** Waits without outliving the case: resolves at once when the load is nearly over. */
export type Pause = (ms: number) => Promise<void>

export interface Harm {
  readonly lab: Lab
  readonly chance: SeededRandom
  readonly pause: Pause
  /** Whether the load is nearly over, so that what is broken now is the last. */
  readonly isOver: () => boolean
  /** How many runs are wanted; of interest to who brings them itself. */
  readonly runs: number
  /** Something that has to hold during the fault did not. */
  readonly complain: (sentence: string) => void
}

/** One way in which things go wrong. */
export interface FaultCase {
  /** As the suite numbers it: F01. */
  readonly id: string
  readonly title: string
  readonly backends: readonly Backend[]
  /** Of a full run. */
  readonly runs: number
  readonly lab?: Omit<LabOptions, 'backend'>
  /** From the last fault to the last end. */
  readonly convergeWithinS: number
  /** Does harm until it is over. @returns how many faults there were */
  harm(harm: Harm): Promise<number>
  /** What lets work end once the faults are over; its time counts as converging. */
  afterwards?(lab: Lab): Promise<void>
  /** What this case asks for beyond the invariants. @returns complaints */
  check?(verdict: Verdict, lab: Lab): readonly string[] | Promise<readonly string[]>
  /** It is not broken under the usual load: `harm` asks for the runs itself. */
  readonly bringsRuns?: true
  /** Codes of faults that tasks may have here; everywhere else none may fail. */
  readonly mayFailWith?: readonly string[]
}
