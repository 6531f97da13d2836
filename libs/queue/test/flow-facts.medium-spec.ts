import { AppError } from '@libs/kernel'
import { queueBackends } from '@libs/testing'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import { aDispatch, eventually, hasty, hearSettled, openRoad, type Road } from './test-road'

/** A real process that takes the job and is killed with SIGKILL. @returns how often the job had been started */
async function takeAndDie(road: Road): Promise<number> {
  const child = fork(join(__dirname, 'doomed-worker.cjs'), [JSON.stringify(road.settings), JSON.stringify(hasty)], {
    execArgv: [],
  })
  const exited = once(child, 'exit')
  try {
    const messages: unknown[] = await once(child, 'message', { signal: AbortSignal.timeout(20_000) })
    return z.tuple([z.object({ attempt: z.int() })], z.unknown()).parse(messages)[0].attempt
  } finally {
    child.kill('SIGKILL')
    await exited
  }
}

// What the product builds on, so that an upgrade of BullMQ cannot change it silently (docs/adr).
describe.each(queueBackends())('flow facts on %s', (backend) => {
  let road: Road
  beforeAll(async () => {
    road = await openRoad(backend)
  })
  afterEach(() => road.closeHosts())
  afterAll(() => road.stop())

  it('the parent runs with the output of a child that succeeded', async () => {
    const { of } = await hearSettled(road)
    await road.work(async (envelope) => ({ echoed: envelope.input }))
    const task = aDispatch({ generation: 4 })
    await road.dispatcher.send([task])
    expect(await of(task.taskId)).toEqual({
      taskId: task.taskId,
      generation: 4,
      outcome: { status: 'succeeded', output: { echoed: task.input } },
    })
  })

  it('the parent runs with the reason of a child that failed', async () => {
    const { of } = await hearSettled(road)
    await road.work(async () => {
      throw new AppError('media.noVideo', 'There is no picture: 只有声音 🎵')
    })
    const task = aDispatch()
    await road.dispatcher.send([task])
    expect((await of(task.taskId)).outcome).toEqual({
      status: 'failed',
      fault: { code: 'media.noVideo', detail: 'There is no picture: 只有声音 🎵' },
    })
  })

  it('the parent runs after the stall limit when the child kills its worker each time', async () => {
    const { of } = await hearSettled(road)
    const task = aDispatch()
    await road.dispatcher.send([task])
    expect(await takeAndDie(road)).toBe(1)
    expect(await takeAndDie(road)).toBe(2)
    const survivor = jest.fn(async () => ({}))
    await road.work(survivor)
    expect((await of(task.taskId)).outcome).toMatchObject({ status: 'failed', fault: { code: 'task.crashed' } })
    expect(survivor).not.toHaveBeenCalled()
  }, 60_000)

  it('a flow that is added twice runs once', async () => {
    const { settled, of } = await hearSettled(road)
    const runs = jest.fn(async () => ({}))
    const task = aDispatch()
    await road.dispatcher.send([task])
    await road.dispatcher.send([task])
    await road.work(runs)
    await of(task.taskId)
    const next = aDispatch()
    await road.dispatcher.send([next])
    await of(next.taskId)
    expect(runs).toHaveBeenCalledTimes(2)
    expect(settled).toHaveLength(2)
  })

  it('a flow that has ended, in whatever way, runs again when it is added again', async () => {
    const { settled } = await hearSettled(road)
    let succeeds = false
    await road.work(async () => {
      if (succeeds) return {}
      throw new AppError('internal', 'no')
    })
    const task = aDispatch()
    for (const round of [1, 2, 3]) {
      await road.dispatcher.send([task])
      await eventually(() => settled.length === round, `end ${round}`)
      await eventually(async () => (await road.dispatcher.look(task)).status === 'gone', 'the flow being gone')
      succeeds = true
    }
    expect(settled.map(({ outcome }) => outcome.status)).toEqual(['failed', 'succeeded', 'succeeded'])
  })

  it('jobs run in the order of sending', async () => {
    const { of } = await hearSettled(road)
    const tasks = Array.from({ length: 12 }, () => aDispatch())
    await road.dispatcher.send(tasks)
    const order: string[] = []
    await road.work(async ({ taskId }) => void order.push(taskId), { concurrency: 1 })
    await Promise.all(tasks.map(({ taskId }) => of(taskId)))
    expect(order).toEqual(tasks.map(({ taskId }) => taskId))
  })

  it('an idle worker wakes for a job, long before it would look by itself', async () => {
    const { of } = await hearSettled(road)
    // Long, but short enough for the connection to be sure of its peer.
    await road.work(async () => ({}), { drainDelayS: 7 })
    for (const task of [aDispatch(), aDispatch()]) {
      await road.dispatcher.send([task])
      await of(task.taskId)
    }
  }, 5_000)
})
