import type { QueueSettings } from '@libs/queue'
import {
  AdmitOnce,
  type Chime,
  ConductorUseCases,
  type Delivery,
  DeliverDue,
  DispatchDue,
  Dispatcher,
  Doorbell,
  ExpireMedia,
  ForgetRepeats,
  ForgetUnpulled,
  ForgetUploads,
  RecordProgress,
  Reconcile,
  RemoveDeleted,
  type SendResult,
  SettleAborts,
  SettleTasks,
  SweepDaily,
} from '@libs/workflow'
import {
  type DynamicModule,
  Global,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common'
import { ModuleRef } from '@nestjs/core'
import { setTimeout as wait } from 'node:timers/promises'
import { countDelivered, countSettled } from './flow-metrics'
import { Loop, type LoopOptions } from './loop'
import { QueueRoad } from './queue-road'

/** Rests without a bell: also how late a retry may come. */
const idleMs = 500
/** Of no account to a lone run; under load, rounds of many cost little more than rounds of one. */
const gapMs = 20
const reconcileEveryMs = 1_000
const progressEveryMs = 1_000
const removeEveryMs = 1_000
const expireEveryMs = 10_000
const forgetEveryMs = 60_000
/** A folder of thousands of files in a store far away is removed one by one. */
const removeLimitMs = 1_800_000
/** Attempts that a stop cuts off are made again by whoever comes after their lease. */
const deliveryGraceMs = 5_000

@Global()
@Module({})
class QueueRoadModule {
  static forRoot(settings: QueueSettings): DynamicModule {
    return {
      module: QueueRoadModule,
      providers: [
        {
          provide: QueueRoad,
          useFactory: (moduleRef: ModuleRef) => new QueueRoad(settings, moduleRef),
          inject: [ModuleRef],
        },
        { provide: Dispatcher, useFactory: (road: QueueRoad) => road.dispatcher, inject: [QueueRoad] },
      ],
      exports: [QueueRoad, Dispatcher],
    }
  }
}

/** The loops of a conductor. Needs PersistenceModule, and EventRenderer, EventSender, StoredFiles, GrowingFiles and RetentionRules from a global module. */
@Module({})
export class ConductorModule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ConductorModule.name)
  private loops: readonly Loop[] = []
  /** Told the name of a loop that hangs. */
  onStuck: (loop: string) => void = () => undefined

  constructor(
    private readonly road: QueueRoad,
    private readonly doorbell: Doorbell,
    private readonly deliverDue: DeliverDue,
    private readonly moduleRef: ModuleRef,
  ) {}

  static forRoot(queue: QueueSettings): DynamicModule {
    return { module: ConductorModule, imports: [QueueRoadModule.forRoot(queue), ConductorUseCases] }
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.road.start()
    this.watch()
    this.loops = this.makeLoops()
    for (const loop of this.loops) loop.start()
  }

  /** Whether every loop goes on. */
  isTurning(): boolean {
    return this.loops.every((loop) => !loop.isStuck)
  }

  /** Ends the rounds under way before anything they need is closed. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()))
    await Promise.race([this.deliverDue.settle(), wait(deliveryGraceMs, undefined, { ref: false })])
    await this.road.close()
  }

  private watch(): void {
    this.find(SettleTasks).watch(countSettled)
    this.find(SettleAborts).watch(countSettled)
    this.deliverDue.watch({
      onAttempted: (delivery, result) => {
        if (result.status === 'delivered') countDelivered(delivery, new Date())
        this.noteAttempt(delivery, result)
      },
      onDisabled: (url, reason) => {
        // Its path and query may be what lets in.
        const { origin } = new URL(url)
        this.logger.warn({ origin, reason }, 'An endpoint is disabled until its event configuration is set anew.')
      },
    })
  }

  private noteAttempt({ eventId, attempt }: Delivery, { status, ...failure }: SendResult): void {
    const came = status === 'delivered' ? 'delivered' : 'not delivered'
    this.logger.log({ eventId, attempt, ...failure }, `The event is ${came}.`)
  }

  private makeLoops(): readonly Loop[] {
    const bell = (chime: Chime) => (onRing: () => void) => this.doorbell.listen(chime, onRing)
    const [dispatchDue, settleAborts] = [this.find(DispatchDue), this.find(SettleAborts)]
    const [recordProgress, reconcile] = [this.find(RecordProgress), this.find(Reconcile)]
    const loops: readonly LoopOptions[] = [
      { name: 'dispatch', work: () => dispatchDue.execute(), idleMs, gapMs, listen: bell('tasks') },
      { name: 'abort', work: () => settleAborts.execute(), idleMs, gapMs, listen: bell('aborts') },
      { name: 'progress', work: () => recordProgress.execute().then(() => 0), idleMs: progressEveryMs },
      { name: 'reconcile', work: () => reconcile.execute(), idleMs: reconcileEveryMs },
      {
        name: 'remove',
        roundLimitMs: removeLimitMs,
        work: () => this.find(RemoveDeleted).execute(),
        idleMs: removeEveryMs,
      },
      { name: 'expire', work: () => this.find(ExpireMedia).execute(), idleMs: expireEveryMs },
      { name: 'forget-unpulled', work: () => this.find(ForgetUnpulled).execute(), idleMs: forgetEveryMs },
      {
        name: 'forget-uploads',
        roundLimitMs: removeLimitMs,
        work: () => this.find(ForgetUploads).execute(),
        idleMs: forgetEveryMs,
      },
      { name: 'forget-admitted', work: () => this.find(AdmitOnce).forgetExpired(), idleMs: forgetEveryMs },
      { name: 'forget-repeats', work: () => this.find(ForgetRepeats).execute(), idleMs: forgetEveryMs },
      {
        name: 'janitor',
        roundLimitMs: removeLimitMs,
        work: () => this.find(SweepDaily).execute(),
        idleMs: expireEveryMs,
      },
      { name: 'deliver', work: () => this.deliverDue.execute(), idleMs, gapMs, listen: bell('deliveries') },
    ]
    return loops.map((options) => new Loop({ ...options, onStuck: () => this.onStuck(options.name) }))
  }

  private find<UseCase>(token: abstract new (...parameters: never[]) => UseCase): UseCase {
    return this.moduleRef.get<UseCase>(token, { strict: false })
  }
}
