import { z } from 'zod'
import type { AnswerCheck } from '../../tencent/answer-check'
import { waitFor } from '../product/wait-for'
import type { VendorCaller } from './vendor-callers'

const events = z.object({ EventSet: z.array(z.looseObject({ EventHandle: z.string(), EventType: z.string() })) })
export type VendorEvent = z.infer<typeof events>['EventSet'][number]

const limitMs = 40_000

/** A vendor's client whose answers are all held against the vendor's types. */
export class CheckedCaller {
  private readonly heard: VendorEvent[] = []

  constructor(
    private readonly caller: VendorCaller,
    private readonly check: AnswerCheck,
  ) {}

  /** @throws ZodError when what the test needs of the answer is not there */
  async call<Wanted extends z.ZodType>(action: string, parameters: object, wanted: Wanted): Promise<z.output<Wanted>> {
    const reply = await this.caller.call(action, parameters)
    this.check.hold(`${action}Response`, reply, action)
    return wanted.parse(reply)
  }

  async do(action: string, parameters: object): Promise<void> {
    await this.call(action, parameters, z.object({ RequestId: z.string() }))
  }

  /** Pulls and confirms until an event of that type has come that tells of this id. */
  event(type: string, id: string): Promise<VendorEvent> {
    return waitFor(`${type} of ${id}`, limitMs, async () => {
      await this.hear()
      return this.heard.find((event) => event.EventType === type && JSON.stringify(event).includes(id))
    })
  }

  private async hear(): Promise<void> {
    const pulled = await this.call('PullEvents', {}, events).catch((error: unknown) => {
      if ((error as { code?: unknown }).code === 'ResourceNotFound') return { EventSet: [] }
      throw error
    })
    if (pulled.EventSet.length === 0) return
    this.heard.push(...pulled.EventSet)
    await this.do('ConfirmEvents', { EventHandles: pulled.EventSet.map(({ EventHandle }) => EventHandle) })
  }
}
