import type { Lab } from './lab'

/** One thing that is done to the product, and what has to come of it. */
export interface Trial {
  readonly name: string
  /** @returns the product's answer in its own words @throws Error when the answer is wrong */
  readonly run: (lab: Lab) => Promise<string>
}

/** One row of the list of bad inputs. */
export interface CorpusCase {
  readonly number: number
  readonly title: string
  /** How the input is made, for readers of the page. */
  readonly made: string
  /** Why the answer is what it is, where one could argue. */
  readonly decision?: string
  /** Belongs to the cheap part that every change is checked with. */
  readonly quick?: true
  /** Needs a product on a small disk whose tools have little memory and a stub in the place of ffmpeg. */
  readonly small?: true
  /** Mounts a disk of its own. */
  readonly needsRoot?: boolean
  /** Waits more than it works, so it runs beside the others. */
  readonly waits?: true
  /** @returns undefined where this machine cannot make the input */
  trials(lab: Lab): Promise<readonly Trial[]> | readonly Trial[]
}

export function caseOf(corpusCase: CorpusCase): CorpusCase {
  return corpusCase
}
