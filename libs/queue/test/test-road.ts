import { mainSubApp, newRunId, newTaskId, type TaskId } from '@libs/kernel'
import { type QueueBackend, testDatabase, type TestDatabase, testRedisUrl } from '@libs/testing'
import type { Dispatch, SettleTaskCommand } from '@libs/workflow'
import { setTimeout as wait } from 'node:timers/promises'
import { BullmqDispatcher } from '../src/bullmq-dispatcher'
import { connectQueue } from '../src/connect-queue'
import { migrateQueue } from '../src/migrate-queue'
import type { QueueSettings } from '../src/queue.env'
import { SettleHost } from '../src/settle-host'
import { TaskWorkerHost, type TaskWorkerOptions } from '../src/execution/task-worker-host'

/**
 * Deaths are noticed within seconds, so that tests are short. All workers of a test run have it: a look for stalled jobs
 * holds off the next one, by whatever worker, for its own interval.
 */
export const hasty = { lockDurationMs: 1_000, stalledIntervalMs: 300, maxStalledCount: 1, drainDelayS: 0.5 }

let created = 0

export function aDispatch(changes: Partial<Dispatch> = {}): Dispatch {
  created += 1
  return {
    origin: {},
    runId: newRunId(created),
    taskId: newTaskId(created),
    generation: 1,
    kind: 'imageSprites',
    turn: 1,
    input: { settings: { rows: 10 }, request: {} },
    subject: { sourceKey: 'sources/0/1' },
    subAppId: mainSubApp,
    ...changes,
  }
}

/** Waits for a condition, for 15 s at most. */
export async function eventually<Value>(look: () => Value | Promise<Value>, name: string): Promise<NonNullable<Value>> {
  const giveUpAt = Date.now() + 15_000
  while (Date.now() < giveUpAt) {
    const value = await look()
    if (value) return value
    await wait(20)
  }
  throw new Error(`Waited 15 s in vain for: ${name}`)
}

/** A queue on one backend with its sending end; `stop` closes whatever was opened through it. */
export async function openRoad(backend: QueueBackend, redisUrl?: string) {
  let database: TestDatabase | undefined
  if (backend === 'postgres') {
    database = await testDatabase()
    await migrateQueue(database.url)
  }
  const settings: QueueSettings =
    database === undefined ? { REDIS_URL: redisUrl ?? testRedisUrl() } : { QUEUE_DATABASE_URL: database.url }
  const connection = connectQueue(settings)
  const errors: Error[] = []
  const wedged: object[] = []
  const onError = (error: Error): void => void errors.push(error)
  const dispatcher = new BullmqDispatcher(connection, onError)
  const hosts: { close(graceMs?: number): Promise<void> }[] = []
  const closeHosts = async (): Promise<void> => {
    await Promise.all(hosts.splice(0).map((host) => host.close(0)))
  }
  return {
    settings,
    connection,
    dispatcher,
    errors,
    wedged,
    closeHosts,
    async work(process: TaskWorkerOptions['process'], policy: TaskWorkerOptions['policy'] = {}) {
      const host = new TaskWorkerHost(connection, {
        kind: 'imageSprites',
        policy: { ...hasty, ...policy },
        process,
        onError,
        onWedged: () => void wedged.push(host),
      })
      hosts.push(host)
      await host.start()
      return host
    },
    async settle(settle: (command: SettleTaskCommand) => Promise<unknown>) {
      const host = new SettleHost(connection, { policy: hasty, settle, onError, onWedged: () => undefined })
      hosts.push(host)
      await host.start()
    },
    async stop() {
      await closeHosts()
      await dispatcher.close()
      await connection.close()
      await database?.drop()
    },
  }
}

export type Road = Awaited<ReturnType<typeof openRoad>>

/** Collects what is settled, by task. */
export async function hearSettled(road: Road) {
  const settled: SettleTaskCommand[] = []
  await road.settle(async (command) => void settled.push(command))
  return {
    settled,
    of: (taskId: TaskId) => eventually(() => settled.find((one) => one.taskId === taskId), `settling of ${taskId}`),
  }
}
