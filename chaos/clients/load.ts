import { setTimeout as wait } from 'node:timers/promises'
import type { Lab } from '../lab/lab'
import type { SeededRandom } from '../seeded-random'
import type { Caller } from './caller'

const lanes = 8
/** A client whose call failed does not come again at once. */
const pauseMs = 100

export interface LoadOptions {
  readonly runs: number
  /** Runs that have not ended at a time: what is left when the faults end is converged within seconds, not minutes. */
  readonly window?: number
}

/** Clients that ask for runs until so many were accepted, whatever happens meanwhile. */
export class Load {
  private readonly accepted = new Set<string>()
  private open = 0
  private asking = 0
  private readonly window: number

  constructor(
    private readonly lab: Lab,
    private readonly chance: SeededRandom,
    private readonly options: LoadOptions,
    private readonly caller: Caller = lab.caller,
  ) {
    this.window = options.window ?? 48
  }

  /** Whether all were accepted, and all but a tenth of them have ended as far as the customer has heard. */
  isNearlyOver(): boolean {
    return this.accepted.size >= this.options.runs && this.open <= Math.ceil(this.options.runs / 10)
  }

  async run(): Promise<void> {
    const watching = this.watch()
    await Promise.all(Array.from({ length: lanes }, () => this.lane()))
    await watching
  }

  private async lane(): Promise<void> {
    while (this.accepted.size + this.asking < this.options.runs) {
      if (this.open + this.asking >= this.window) {
        await wait(20)
        continue
      }
      this.asking += 1
      const { runId } = await this.caller.askForRun(this.order())
      this.asking -= 1
      if (runId === undefined) await wait(pauseMs)
      else this.accepted.add(runId)
    }
  }

  /** Follows the ends that the customer hears of, until the load is nearly over. */
  private async watch(): Promise<void> {
    do {
      await wait(50)
      this.open = [...this.accepted].filter((runId) => !this.lab.receiver.endOf.has(runId)).length
    } while (!this.isNearlyOver())
  }

  /** Mostly one or two pictures, now and then one of each kind. */
  private order(): object {
    const { snapshot, sample, sprite } = this.lab.definitions
    const tasks = [
      { kind: 'snapshotByTimeOffset', definition: snapshot, offsets: ['0.5s'] },
      { kind: 'sampleSnapshot', definition: sample },
      { kind: 'imageSprites', definition: sprite },
      { kind: 'coverBySnapshot', definition: snapshot, position: '50%' },
    ]
    const [first, second] = [this.chance.pick(tasks), this.chance.pick(tasks)]
    const kinds = this.chance.next() < 0.1 ? tasks : first === second ? [first] : [first, second]
    return { mediaId: this.lab.mediaId, tasks: kinds }
  }
}
