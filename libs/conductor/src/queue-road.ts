import { traced } from '@libs/kernel'
import { BullmqDispatcher, connectQueue, type QueueConnection, type QueueSettings, SettleHost } from '@libs/queue'
import { DispatchDue, Doorbell, type Settlement, SettleTasks, type SettleTaskCommand } from '@libs/workflow'
import { Logger } from '@nestjs/common'
import type { ModuleRef } from '@nestjs/core'
import { Batcher } from './batcher'

/** Outcomes that one transaction settles at most. */
const largestBatch = 64

/** Both directions of the queue for one conductor: tasks go out by the dispatcher, outcomes come in to be settled. */
export class QueueRoad {
  readonly dispatcher: BullmqDispatcher
  private readonly logger = new Logger('queue')
  private readonly connection: QueueConnection
  private settleHost: SettleHost | undefined
  /** Told once, when outcomes are not taken any more although the queue answers. */
  onWedged: () => void = () => undefined

  constructor(
    settings: QueueSettings,
    private readonly moduleRef: ModuleRef,
  ) {
    this.connection = connectQueue(settings)
    this.dispatcher = new BullmqDispatcher(this.connection, (error) => {
      this.note(error)
    })
  }

  /** Starts to settle what the workers bring. */
  async start(): Promise<void> {
    const batcher = new Batcher<SettleTaskCommand, Settlement>((lot) => this.settle(lot), largestBatch)
    this.settleHost = new SettleHost(this.connection, {
      settle: (command) =>
        traced('settle', { kind: 'consumer', attributes: { 'stillflow.task_id': command.taskId } }, async (span) => {
          const settlement = await batcher.add(command)
          span?.set({ 'stillflow.settlement': settlement })
          this.logger.log({ settlement, generation: command.generation }, 'An outcome was settled.')
        }),
      onError: (error) => {
        this.note(error)
      },
      onWedged: () => this.onWedged(),
    })
    await this.settleHost.start()
  }

  isSettling(): boolean {
    return this.settleHost?.isTaking() ?? false
  }

  async close(): Promise<void> {
    await this.settleHost?.close()
    await this.dispatcher.close()
    await this.connection.close()
  }

  /** What is settled makes room at the queue: for tasks that were held back for want of it. */
  private async settle(lot: readonly SettleTaskCommand[]): Promise<readonly Settlement[]> {
    const settlements = await this.find(SettleTasks).execute(lot)
    if (this.find(DispatchDue).isHeldBack) this.find(Doorbell).ringHere('tasks')
    return settlements
  }

  private find<Found>(token: abstract new (...parameters: never[]) => Found): Found {
    return this.moduleRef.get<Found>(token, { strict: false })
  }

  private note(error: Error): void {
    this.logger.warn({ err: error }, 'The queue has trouble.')
  }
}
