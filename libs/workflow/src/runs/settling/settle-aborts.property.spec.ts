import { type Clock, mainSubApp, newRunId } from '@libs/kernel'
import { pictureKindNames } from '@libs/tasks'
import {
  aMedia,
  anOutput,
  aRun,
  aTask,
  everyDepth,
  MemoryUnitOfWork,
  NotingDispatcher,
  SilentDoorbell,
} from '@libs/testing'
import fc from 'fast-check'
import { AbortRun } from '../abort-run'
import { AbortTask } from '../tasks/abort-task'
import type { DomainEvent } from '../../events/event'
import { SettleAborts } from './settle-aborts'
import { SettleTasks } from './settle-tasks'

const at = new Date(1_795_000_000_000)
const clock: Clock = { nowMs: () => at.getTime() }
const renderer = {
  render: (_dialect: string, event: DomainEvent) => {
    if (event.type !== 'procedureStateChanged') throw new Error('Nothing but a run has ended.')
    const { run, tasks } = event.report
    return JSON.stringify([run.state, ...tasks.map(({ state, fault }) => fault?.code ?? state)])
  },
  sign: (_dialect: string, body: string) => ({ body, headers: {} }),
}

type Stage = 'waiting' | 'running' | 'succeeded' | 'failed'

/** A run whose tasks have come as far as the stages say. */
async function aRunAt(stages: readonly Stage[]) {
  const unitOfWork = new MemoryUnitOfWork()
  const { runs, media: medias, events } = unitOfWork.stores
  const media = aMedia()
  const run = aRun(media)
  const tasks = stages.map((_, index) => aTask(run, pictureKindNames[index % 4] ?? 'imageSprites', { index }))
  await medias.insert(media)
  await runs.insert(run, tasks, at)
  const { tasks: claimed } = await runs.claimDue(everyDepth(100), at, at)
  for (const { task } of claimed) {
    if (stages[task.index] === 'waiting') await runs.postponeTasks([{ task, tries: 1, dueAt: at }])
  }
  const doorbell = new SilentDoorbell()
  const dispatcher = new NotingDispatcher()
  const settleTasks = new SettleTasks(unitOfWork, clock, renderer, doorbell)
  const bring = (stage: Stage) =>
    settleTasks.execute(
      claimed
        .filter(({ task }) => stages[task.index] === stage)
        .map(({ task: { id: taskId, generation, kind } }) => {
          const fault = { code: 'media.malformed', detail: '' } as const
          const outcome =
            stage === 'failed'
              ? { status: 'failed' as const, fault }
              : { status: 'succeeded' as const, output: anOutput[kind] }
          return { taskId, generation, outcome }
        }),
    )
  await bring('succeeded')
  await bring('failed')
  return {
    run,
    dispatcher,
    abort: () => new AbortRun(unitOfWork.subAppWork, clock, doorbell).execute(mainSubApp, run.id),
    abortTask: async (index: number) => {
      const task = tasks[index]
      if (task !== undefined) await new AbortTask(unitOfWork.subAppWork, clock, doorbell).execute(mainSubApp, task.id)
    },
    settleAborts: new SettleAborts(unitOfWork, clock, dispatcher, renderer, doorbell),
    bringLate: () => bring('running'),
    announced: async () => {
      const pulled = await events.pull(mainSubApp, 1_000, at, new Date(at.getTime() + 1))
      return pulled.map(({ body }) => JSON.parse(body) as string[])
    },
  }
}

const stagesOf = fc.array(fc.constantFrom<Stage>('waiting', 'running', 'succeeded', 'failed'), {
  minLength: 1,
  maxLength: 8,
})
const endsAlone = { waiting: 'waiting', running: 'succeeded', succeeded: 'succeeded', failed: 'media.malformed' }
const ends = { waiting: 'task.aborted', running: 'task.aborted', succeeded: 'succeeded', failed: 'media.malformed' }

describe('an abort', () => {
  it('ends what is open and nothing else, once, and announces the run once', async () => {
    await fc.assert(
      fc.asyncProperty(stagesOf, async (stages) => {
        const scene = await aRunAt(stages)
        const openCount = stages.filter((stage) => stage === 'waiting' || stage === 'running').length
        await scene.abort()
        await scene.abort()
        expect(await scene.settleAborts.execute()).toBe(openCount)
        expect(await scene.settleAborts.execute()).toBe(0)
        await scene.abort()
        expect(await scene.settleAborts.execute()).toBe(0)
        expect(await scene.bringLate()).toEqual(stages.filter((each) => each === 'running').map(() => 'stale'))
        const state = openCount === 0 ? 'finished' : 'aborted'
        expect(await scene.announced()).toEqual([[state, ...stages.map((stage) => ends[stage])]])
        expect(scene.dispatcher.stopped).toHaveLength(stages.filter((each) => each === 'running').length)
      }),
    )
  })

  it('of one task leaves its run to go on, and to end as it would have', async () => {
    await fc.assert(
      fc.asyncProperty(stagesOf, fc.nat(), async (stages, pick) => {
        const scene = await aRunAt(stages)
        const index = pick % stages.length
        const isOpen = stages[index] === 'waiting' || stages[index] === 'running'
        await scene.abortTask(index)
        expect(await scene.settleAborts.execute()).toBe(isOpen ? 1 : 0)
        expect(await scene.settleAborts.execute()).toBe(0)
        await scene.bringLate()
        const all = stages.map((stage, at) => (at === index ? ends[stage] : endsAlone[stage]))
        expect(await scene.announced()).toEqual(all.includes('waiting') ? [] : [['finished', ...all]])
      }),
    )
  })

  it('is nothing but a wish until the queue has heard of it', async () => {
    const scene = await aRunAt(['running', 'waiting'])
    await scene.abort()
    scene.dispatcher.isAway = true
    await expect(scene.settleAborts.execute()).rejects.toThrow('the queue is away')
    expect(await scene.announced()).toEqual([])
    scene.dispatcher.isAway = false
    expect(await scene.settleAborts.execute()).toBe(2)
    expect(await scene.announced()).toEqual([['aborted', 'task.aborted', 'task.aborted']])
  })

  it('comes too late for outcomes that are settled between the wish and its fulfilment', async () => {
    const scene = await aRunAt(['running', 'waiting'])
    await scene.abort()
    expect(await scene.bringLate()).toEqual(['succeeded'])
    expect(await scene.settleAborts.execute()).toBe(1)
    expect(await scene.announced()).toEqual([['aborted', 'succeeded', 'task.aborted']])
  })

  it('needs a run', async () => {
    const unitOfWork = new MemoryUnitOfWork()
    const aborting = new AbortRun(unitOfWork.subAppWork, clock, new SilentDoorbell()).execute(mainSubApp, newRunId(1))
    await expect(aborting).rejects.toMatchObject({ code: 'run.notFound' })
  })
})
