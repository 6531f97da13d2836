import { AppError, type Clock, type SubAppId } from '@libs/kernel'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'

export class ConfirmEvents {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Forgets pulled events; those whose handles are good are forgotten even when others are not.
   * @throws AppError `events.unknownHandle` naming a handle that is unknown, or older than the visibility time
   */
  async execute(subAppId: SubAppId, handles: readonly string[]): Promise<void> {
    const at = new Date(this.clock.nowMs())
    const confirmed = await this.work.run(subAppId, ({ events }) => events.confirm(subAppId, handles, at))
    const unknown = handles.find((handle) => !confirmed.includes(handle))
    if (unknown === undefined) return
    throw new AppError('events.unknownHandle', `The event handle "${unknown}" is unknown or has expired.`, {
      field: 'handles',
    })
  }
}
