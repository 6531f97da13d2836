import type { SubAppId } from '@libs/kernel'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'

export class CountEvents {
  constructor(private readonly work: SubAppWork) {}

  /** @returns how many events wait to be pulled, those among them that a puller has not confirmed yet */
  async execute(subAppId: SubAppId): Promise<number> {
    return this.work.run(subAppId, ({ events }) => events.countToPull(subAppId))
  }
}
