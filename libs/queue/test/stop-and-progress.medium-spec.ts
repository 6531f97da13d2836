import { queueBackends } from '@libs/testing'
import type { Dispatch } from '@libs/workflow'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { EventEmitter, once } from 'node:events'
import { Client } from 'pg'
import { executeJobId, executeQueues, keyPrefix, settleJobId } from '../src/wire/names'
import type { TaskWorkerOptions } from '../src/execution/task-worker-host'
import { aDispatch, eventually, hearSettled, openRoad, type Road } from './test-road'

describe.each(queueBackends())('tasks at the queue on %s', (backend) => {
  let road: Road
  beforeAll(async () => {
    road = await openRoad(backend)
  })
  afterEach(() => road.closeHosts())
  afterAll(() => road.stop())

  it('leave their worker soon after they are told to stop, as aborted for good', async () => {
    const { of } = await hearSettled(road)
    const told = aDispatch()
    const other = aDispatch()
    const ends = new EventEmitter()
    const running: string[] = []
    await road.work(
      async ({ taskId }, _execution, signal) => {
        running.push(taskId)
        await once(ends, taskId, { signal })
        return { made: 1 }
      },
      { concurrency: 2 },
    )
    await road.dispatcher.send([told, other])
    await eventually(() => running.length === 2, 'both to start')
    const startedMs = performance.now()
    await road.dispatcher.stop([told])
    const { outcome } = await of(told.taskId)
    expect(performance.now() - startedMs).toBeLessThan(500)
    expect(outcome).toMatchObject({ status: 'failed', fault: { code: 'task.aborted' } })
    // The neighbour in the same process goes on.
    ends.emit(other.taskId)
    expect((await of(other.taskId)).outcome).toEqual({ status: 'succeeded', output: { made: 1 } })
    await eventually(async () => (await road.dispatcher.look(told)).status === 'gone', 'nothing to be left')
    expect(road.errors).toEqual([])
  })

  it('never reach a worker when they are stopped before', async () => {
    const stopped = aDispatch()
    const kept = aDispatch()
    await road.dispatcher.send([stopped, kept])
    await road.dispatcher.stop([stopped])
    // Once more, and one that the queue never knew.
    await road.dispatcher.stop([stopped, aDispatch()])
    expect(await road.dispatcher.look(stopped)).toEqual({ status: 'gone' })
    const { of } = await hearSettled(road)
    const ran: string[] = []
    await road.work(async ({ taskId }) => void ran.push(taskId))
    await of(kept.taskId)
    expect(ran).toEqual([kept.taskId])
  })

  it('are given back by a worker that stops, to the next one, with nothing counted against them', async () => {
    const { of, settled } = await hearSettled(road)
    const task = aDispatch()
    const starts: number[] = []
    const process: TaskWorkerOptions['process'] = async (_envelope, { attempt }, signal) => {
      starts.push(attempt)
      if (attempt === 1) await once(signal, 'abort')
      signal.throwIfAborted()
      return { made: attempt }
    }
    // The lock would tell it as well, but much later; and a stall would be one too many.
    const patient = { lockDurationMs: 60_000, maxStalledCount: 0 }
    const leaving = await road.work(process, patient)
    await road.dispatcher.send([task])
    await eventually(() => starts.length === 1, 'the start')
    await road.work(process, patient)
    await leaving.close(50)
    expect((await of(task.taskId)).outcome).toEqual({ status: 'succeeded', output: { made: 2 } })
    expect([starts, settled.length]).toEqual([[1, 2], 1])
  })

  it('of a newer release are left to a worker that can read them', async () => {
    const { of, settled } = await hearSettled(road)
    const task = aDispatch()
    await road.dispatcher.send([task])
    const queue = new Queue(executeQueues.imageSprites, { connection: road.connection.producer(), prefix: keyPrefix })
    const job = await eventually(() => queue.getJob(executeJobId(task)), 'the job')
    await job.updateData({ ...job.data, version: 2 })
    const worker = await road.work(async () => ({ made: 'by a worker that can read it' }))
    const isLeft = () => road.errors.filter(({ message }) => message.includes('newer release')).length > 1
    await eventually(isLeft, 'the worker to leave it twice')
    expect(settled).toEqual([])
    await worker.close(0)
    await job.updateData({ ...job.data, version: 1 })
    await road.work(async () => ({ made: 'by a worker that can read it' }))
    expect((await of(task.taskId)).outcome).toMatchObject({ status: 'succeeded' })
    await queue.close()
  })

  it('are left by their worker when the queue knows them no more', async () => {
    const lost = aDispatch()
    const signals: AbortSignal[] = []
    await road.work(
      async (_envelope, _execution, signal) => {
        signals.push(signal)
        await once(signal, 'abort')
      },
      // The lock would tell it as well, but later.
      { lockDurationMs: 15_000 },
    )
    await road.dispatcher.send([lost])
    const signal = await eventually(() => signals[0], 'start')
    const startedMs = performance.now()
    await takeAway(road, lost)
    await eventually(() => signal.aborted, 'the end')
    expect(performance.now() - startedMs).toBeLessThan(500)
    expect(signal.reason).toMatchObject({ code: 'internal' })
  })

  it('tell how far they are, while a worker is at them', async () => {
    const { of } = await hearSettled(road)
    const [running, waiting] = [aDispatch({ generation: 4 }), aDispatch()]
    const ends = new EventEmitter()
    await road.work(
      async ({ taskId }, { report }) => {
        report({ framesDone: 26, frames: 204 })
        await once(ends, taskId)
      },
      { concurrency: 1 },
    )
    await road.dispatcher.send([running, waiting])
    const { taskId } = running
    const seen = () => road.dispatcher.progressOf(['imageSprites', 'coverBySnapshot'])
    await eventually(async () => (await seen()).some(({ percent }) => percent > 0), 'progress')
    expect(await seen()).toEqual([
      { taskId, generation: 4, kind: 'imageSprites', percent: 12, framesDone: 26, frames: 204 },
    ])
    expect(await road.dispatcher.progressOf(['coverBySnapshot'])).toEqual([])
    ends.emit(taskId)
    await of(taskId)
    expect((await seen()).filter((each) => each.taskId === taskId)).toEqual([])
    await eventually(() => ends.emit(waiting.taskId), 'the second to start')
    await of(waiting.taskId)
  })
})

/** Both jobs of a task, as if they had never been. */
async function takeAway({ settings }: Road, task: Dispatch): Promise<void> {
  const { REDIS_URL, QUEUE_DATABASE_URL } = settings
  if (REDIS_URL !== undefined) {
    const redis = new Redis(REDIS_URL)
    const queueKey = `${keyPrefix}:${executeQueues.imageSprites}`
    await redis.lrem(`${queueKey}:active`, 1, executeJobId(task))
    await redis.del(`${queueKey}:${executeJobId(task)}`)
    redis.disconnect()
  } else {
    const client = new Client({ connectionString: QUEUE_DATABASE_URL })
    await client.connect()
    await client.query('delete from bullmq.job where id = any($1)', [[executeJobId(task), settleJobId(task)]])
    await client.end()
  }
}
