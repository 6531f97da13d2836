import { queueBackends } from '@libs/testing'
import { lastTurn } from '@libs/workflow'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { EventEmitter, once } from 'node:events'
import { BullmqDispatcher } from '../src/bullmq-dispatcher'
import { connectQueue } from '../src/connect-queue'
import { executeJobId, executeQueues, keyPrefix } from '../src/wire/names'
import { aDispatch, eventually, hearSettled, openRoad, type Road } from './test-road'

describe.each(queueBackends())('BullmqDispatcher on %s', (backend) => {
  let road: Road
  beforeAll(async () => {
    road = await openRoad(backend)
  })
  afterEach(() => road.closeHosts())
  afterAll(() => road.stop())

  const statusOf = async (task: ReturnType<typeof aDispatch>): Promise<string> =>
    (await road.dispatcher.look(task)).status

  async function onQueue(act: (queue: Queue) => Promise<void>): Promise<void> {
    const options = { connection: road.connection.producer(), prefix: keyPrefix }
    const queue = new Queue(executeQueues.imageSprites, options)
    await act(queue)
    await queue.close()
  }

  it('sees a task as under way while it waits, runs and settles, then as gone', async () => {
    const task = aDispatch()
    expect(await statusOf(task)).toBe('gone')
    await road.dispatcher.send([task])
    expect(await statusOf(task)).toBe('underWay')

    const gates = new EventEmitter()
    const execute = jest.fn(() => once(gates, 'executed'))
    const settle = jest.fn(() => once(gates, 'settled'))
    await road.work(execute)
    await eventually(() => execute.mock.calls.length, 'start')
    expect(await statusOf(task)).toBe('underWay')

    await road.settle(settle)
    gates.emit('executed')
    await eventually(() => settle.mock.calls.length, 'settling')
    expect(await statusOf(task)).toBe('underWay')
    gates.emit('settled')
    await eventually(async () => (await statusOf(task)) === 'gone', 'the end')
  })

  it('keeps the outcome when settling fails, until it is told to forget', async () => {
    const task = aDispatch()
    await road.dispatcher.send([task])
    await road.work(async () => ({ made: 1 }))
    await road.settle(async () => {
      throw new Error('the database is away')
    })
    await eventually(async () => (await statusOf(task)) === 'ended', 'failure')
    expect(await road.dispatcher.look(task)).toEqual({
      status: 'ended',
      outcome: { status: 'succeeded', output: { made: 1 } },
    })
    await road.dispatcher.forget(task)
    expect(await statusOf(task)).toBe('gone')
    await road.dispatcher.forget(task)
  })

  it('takes a task off the queue before it ran', async () => {
    const forgotten = aDispatch()
    const kept = aDispatch()
    await road.dispatcher.send([forgotten, kept])
    await road.dispatcher.forget(forgotten)
    const { of } = await hearSettled(road)
    const ran: string[] = []
    await road.work(async ({ taskId }) => void ran.push(taskId))
    await of(kept.taskId)
    expect(ran).toEqual([kept.taskId])
  })

  it('has tasks taken by turn, and in one turn in the order in which they were sent', async () => {
    const [ahead, last] = [aDispatch({ turn: 2 }), aDispatch({ turn: lastTurn })]
    const [first, second] = [aDispatch({ turn: 1 }), aDispatch({ turn: 1 })]
    await road.dispatcher.send([last, ahead])
    await road.dispatcher.send([first])
    await road.dispatcher.send([second])
    const ran: string[] = []
    await road.work(async ({ taskId }) => void ran.push(taskId), { concurrency: 1 })
    const { of } = await hearSettled(road)
    await of(last.taskId)
    expect(ran).toEqual([first, second, ahead, last].map(({ taskId }) => taskId))
  })

  it('sees as gone a task whose execution somebody took away, and does not settle it', async () => {
    const task = aDispatch()
    await road.dispatcher.send([task])
    await onQueue(async (queue) => {
      await queue.remove(executeJobId(task))
    })
    const { settled } = await hearSettled(road)
    await eventually(async () => (await statusOf(task)) === 'gone', 'the failure to settle')
    expect(settled).toEqual([])
  })

  it('sees as gone a task that waits for an execution that is lost', async () => {
    if (road.settings.REDIS_URL === undefined) return
    const task = aDispatch()
    await road.dispatcher.send([task])
    const redis = new Redis(road.settings.REDIS_URL)
    const queueKey = `${keyPrefix}:${executeQueues.imageSprites}`
    await redis.del(`${queueKey}:${executeJobId(task)}`)
    await redis.zrem(`${queueKey}:prioritized`, executeJobId(task))
    redis.disconnect()
    expect(await statusOf(task)).toBe('gone')
    await road.dispatcher.send([{ ...task, generation: 2 }])
    const { of } = await hearSettled(road)
    await road.work(async () => ({}))
    expect(await of(task.taskId)).toMatchObject({ generation: 2, outcome: { status: 'succeeded' } })
  })

  it('aborts work whose lock is lost; the next attempt counts', async () => {
    if (road.settings.REDIS_URL === undefined) return
    const { of } = await hearSettled(road)
    const signals: AbortSignal[] = []
    await road.work(async (_envelope, { attempt }, signal) => {
      signals.push(signal)
      if (attempt === 1) await once(signal, 'abort')
      return { attempt }
    })
    const task = aDispatch()
    await road.dispatcher.send([task])
    await eventually(() => signals.length === 1, 'start')
    const redis = new Redis(road.settings.REDIS_URL)
    await redis.del(`${keyPrefix}:${executeQueues.imageSprites}:${executeJobId(task)}:lock`)
    redis.disconnect()
    expect((await of(task.taskId)).outcome).toEqual({ status: 'succeeded', output: { attempt: 2 } })
    expect(signals.map((signal) => signal.aborted)).toEqual([true, false])
  })

  it('notices once that the queue lost its memory', async () => {
    await road.dispatcher.noticeWipe()
    expect(await road.dispatcher.noticeWipe()).toBe(false)
    if (road.settings.REDIS_URL === undefined) return
    const redis = new Redis(road.settings.REDIS_URL)
    const task = aDispatch()
    await road.dispatcher.send([task])
    await redis.flushdb()
    redis.disconnect()
    expect(await road.dispatcher.noticeWipe()).toBe(true)
    expect(await road.dispatcher.noticeWipe()).toBe(false)
    expect(await statusOf(task)).toBe('gone')
  })
})

it('a dispatcher whose queue is away fails within 3 s, and says so', async () => {
  const connection = connectQueue({ REDIS_URL: 'redis://127.0.0.1:1' })
  const dispatcher = new BullmqDispatcher(connection, () => undefined)
  const startedAt = Date.now()
  await expect(dispatcher.send([aDispatch()])).rejects.toMatchObject({ code: 'internal' })
  await expect(dispatcher.noticeWipe()).rejects.toThrow('The queue does not answer')
  expect(Date.now() - startedAt).toBeLessThan(5_000)
  await connection.close()
})
