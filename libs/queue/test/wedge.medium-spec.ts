import { queueBackends, TcpProxy } from '@libs/testing'
import { setTimeout as wait } from 'node:timers/promises'
import { connectQueue, type QueueConnection } from '../src/connect-queue'
import { TaskWorkerHost } from '../src/execution/task-worker-host'
import { executeQueues } from '../src/wire/names'
import { aDispatch, eventually, hasty, hearSettled, openRoad, type Road } from './test-road'

describe.each(queueBackends())('a worker that stops to consume on %s', (backend) => {
  let road: Road
  let proxy: TcpProxy
  let connection: QueueConnection
  let host: TaskWorkerHost
  let verdicts: number

  beforeEach(async () => {
    road = await openRoad(backend)
    const { REDIS_URL, QUEUE_DATABASE_URL } = road.settings
    proxy = await TcpProxy.to(REDIS_URL ?? QUEUE_DATABASE_URL ?? '')
    connection = connectQueue(backend === 'redis' ? { REDIS_URL: proxy.url } : { QUEUE_DATABASE_URL: proxy.url })
    verdicts = 0
  })

  /** Starts the worker behind the proxy. */
  async function work(wedgeLimitMs: number): Promise<void> {
    host = new TaskWorkerHost(connection, {
      kind: 'imageSprites',
      policy: { ...hasty, commandRetryMs: 100, wedgeLimitMs },
      process: async () => ({ made: 1 }),
      onError: () => undefined,
      onWedged: () => void (verdicts += 1),
    })
    await host.start()
  }

  afterEach(async () => {
    proxy.swallow(undefined)
    // Silent connections are of no use for leaving in order.
    proxy.cut()
    proxy.mend()
    await host.close(0)
    await proxy.close()
    await road.stop()
  })

  it('is found out while the queue answers everybody else, once', async () => {
    const limitMs = 600
    await work(limitMs)
    await wait(2 * limitMs)
    expect([host.isTaking(), verdicts]).toEqual([true, 0])
    proxy.swallow(executeQueues.imageSprites)
    await eventually(() => verdicts > 0, 'the verdict')
    await wait(limitMs)
    expect([host.isTaking(), verdicts]).toEqual([false, 1])
  })

  it('leaves although the queue is away, and while it comes back', async () => {
    await work(3_000)
    proxy.cut()
    // Less than it takes to connect again.
    await wait(50)
    const leavingAtMs = performance.now()
    await host.close(0)
    expect(performance.now() - leavingAtMs).toBeLessThan(10_000)
  })

  it('is no such worker while the queue is away, and consumes when it is back', async () => {
    const limitMs = 3_000
    await work(limitMs)
    proxy.cut()
    await wait(limitMs + 500)
    expect(verdicts).toBe(0)
    proxy.mend()
    const { of } = await hearSettled(road)
    const task = aDispatch()
    await road.dispatcher.send([task])
    expect((await of(task.taskId)).outcome).toEqual({ status: 'succeeded', output: { made: 1 } })
    expect(verdicts).toBe(0)
  })
})
