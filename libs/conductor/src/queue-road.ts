import { BullmqDispatcher, connectQueue, type QueueConnection, type QueueSettings, SettleHost } from '@libs/queue'
import { SettleTask } from '@libs/workflow'
import { Logger } from '@nestjs/common'
import { ModuleRef } from '@nestjs/core'

/** Both directions of the queue for one conductor: tasks go out by the dispatcher, outcomes come in to be settled. */
export class QueueRoad {
  readonly dispatcher: BullmqDispatcher
  private readonly logger = new Logger('queue')
  private readonly connection: QueueConnection
  private settleHost: SettleHost | undefined

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
    const settleTask = this.moduleRef.get(SettleTask, { strict: false })
    this.settleHost = new SettleHost(this.connection, {
      settle: (command) => settleTask.execute(command),
      onError: (error) => {
        this.note(error)
      },
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

  private note(error: Error): void {
    this.logger.warn({ err: error }, 'The queue has trouble.')
  }
}
