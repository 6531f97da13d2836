import { AppError, type Clock, mainSubApp, type SubAppId } from '@libs/kernel'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import type { SubAppState } from './sub-app'

/** How long a sub-application is believed to be on without looking. */
const believedMs = 1_000

/** Every call acts in one sub-application, and the same few are asked for nearly always. */
export class EnterSubApp {
  private states = new Map<SubAppId, SubAppState | undefined>()
  private forgetAtMs = 0

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @param own the sub-application of the caller's key; a key of the main one may act in all
   * @param asked where the call is to act; by default in the key's own
   * @returns where it acts
   * @throws AppError `subApp.notFound`, `subApp.off`
   */
  async execute(own: SubAppId, asked: SubAppId = own): Promise<SubAppId> {
    if (own !== mainSubApp && asked !== own) throw unknown()
    if (asked === mainSubApp) return asked
    const state = await this.stateOf(asked)
    if (state === undefined) throw unknown()
    if (state === 'on') return asked
    throw new AppError('subApp.off', 'The sub-application is switched off.', { field: 'subApp' })
  }

  private async stateOf(id: SubAppId): Promise<SubAppState | undefined> {
    const nowMs = this.clock.nowMs()
    if (nowMs >= this.forgetAtMs) {
      this.states = new Map()
      this.forgetAtMs = nowMs + believedMs
    }
    if (!this.states.has(id)) this.states.set(id, (await this.unitOfWork.stores.subApps.find(id))?.state)
    return this.states.get(id)
  }
}

function unknown(): AppError {
  return new AppError('subApp.notFound', 'There is no such sub-application.', { field: 'subApp' })
}
