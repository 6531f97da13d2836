import { type Clock, mainSubApp, type RunId } from '@libs/kernel'
import { type KindName, pictureKindNames } from '@libs/tasks'
import { aMedia, anOutput, aRun, aTask, everyDepth, MemoryUnitOfWork, SilentDoorbell } from '@libs/testing'
import fc from 'fast-check'
import type { DomainEvent } from '../../events/event'
import type { NotifyMode } from '../run'
import { SettleTasks, type SettleTaskCommand } from './settle-tasks'

const at = new Date(1_795_000_000_000)
const clock: Clock = { nowMs: () => at.getTime() }
const renderer = {
  render: (_dialect: string, event: DomainEvent) => {
    if (event.type !== 'procedureStateChanged') throw new Error('Nothing but a run has ended.')
    const { run, tasks } = event.report
    return JSON.stringify({ state: run.state, tasks: tasks.map(({ state }) => state) })
  },
  sign: (_dialect: string, body: string) => ({ body, headers: {} }),
}

type Ending = 'succeeds' | 'fails' | 'crashes'

interface Scene {
  readonly unitOfWork: MemoryUnitOfWork
  readonly settleTasks: SettleTasks
  readonly runId: RunId
  readonly commands: readonly SettleTaskCommand[]
}

function outcomeOf(kind: KindName, ending: Ending): SettleTaskCommand['outcome'] {
  if (ending === 'succeeds') return { status: 'succeeded', output: anOutput[kind] }
  const code = ending === 'fails' ? 'media.malformed' : 'task.crashed'
  return { status: 'failed', fault: { code, detail: ending } }
}

/** A run with a dispatched task for each ending, and the outcomes that will come. */
async function aDispatchedRun(endings: readonly Ending[], notifyMode: NotifyMode | undefined): Promise<Scene> {
  const unitOfWork = new MemoryUnitOfWork()
  const media = aMedia()
  const run = aRun(media, { notifyMode })
  const kinds = endings.map((_, index) => pictureKindNames[index % pictureKindNames.length] ?? 'coverBySnapshot')
  await unitOfWork.stores.media.insert(media)
  await unitOfWork.stores.runs.insert(
    run,
    kinds.map((kind, index) => aTask(run, kind, { index })),
    at,
  )
  const { tasks: claimed } = await unitOfWork.stores.runs.claimDue(everyDepth(100), at, at)
  const commands = claimed.map(({ task }) => {
    const outcome = outcomeOf(task.kind, endings[task.index] ?? 'fails')
    return { taskId: task.id, generation: task.generation, outcome }
  })
  const settleTasks = new SettleTasks(unitOfWork, clock, renderer, new SilentDoorbell())
  return { unitOfWork, settleTasks, runId: run.id, commands }
}

async function eventsOf({ unitOfWork }: Scene): Promise<readonly string[]> {
  const pulled = await unitOfWork.stores.events.pull(mainSubApp, 1_000, at, new Date(at.getTime() + 1))
  return pulled.map(({ body }) => body)
}

const endings = fc.array(fc.constantFrom<Ending>('succeeds', 'fails', 'crashes'), { minLength: 1, maxLength: 8 })
/** How outcomes arrive: shuffled, each once or more, in lots of any size. */
const arrival = fc.record({
  seed: fc.integer(),
  again: fc.integer({ min: 0, max: 2 }),
  lot: fc.integer({ min: 1, max: 5 }),
})

function shuffled<Item>(items: readonly Item[], seed: number): readonly Item[] {
  const weight = (index: number) => Math.sin(seed + index * 7919)
  return items
    .map((item, index) => ({ item, by: weight(index) }))
    .sort((a, b) => a.by - b.by)
    .map(({ item }) => item)
}

async function settleAll(
  scene: Scene,
  { seed, again, lot }: { seed: number; again: number; lot: number },
): Promise<void> {
  const arriving = shuffled(Array.from({ length: again + 1 }, () => scene.commands).flat(), seed)
  for (let from = 0; from < arriving.length; from += lot)
    await scene.settleTasks.execute(arriving.slice(from, from + lot))
}

describe('settling', () => {
  it('does not depend on the order, the repeats or the lots in which outcomes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(endings, arrival, async (asked, how) => {
        const scene = await aDispatchedRun(asked, undefined)
        await settleAll(scene, how)
        const [report] = await scene.unitOfWork.stores.runs.reportsOf([scene.runId])
        const expected = asked.map((ending) => (ending === 'succeeds' ? 'succeeded' : 'failed'))
        expect(report?.run.state).toBe('finished')
        expect(report?.tasks.map(({ state }) => state)).toEqual(expected)
        expect(await eventsOf(scene)).toEqual([JSON.stringify({ state: 'finished', tasks: expected })])
      }),
    )
  })

  it('announces every task where every change is wanted, and the end once and last', async () => {
    await fc.assert(
      fc.asyncProperty(endings, arrival, async (asked, how) => {
        const scene = await aDispatchedRun(asked, 'change')
        await settleAll(scene, how)
        const events = (await eventsOf(scene)).map((body) => JSON.parse(body) as { state: string; tasks: string[] })
        const endedIn = ({ tasks }: { tasks: string[] }) => tasks.filter((state) => state !== 'dispatched').length
        // Even what one lot ended is told of task by task.
        expect(events.map(endedIn).toSorted((a, b) => a - b)).toEqual(asked.map((_, index) => index + 1))
        const finished = events.filter(({ state }) => state === 'finished')
        expect(finished.map(endedIn)).toEqual([asked.length])
      }),
    )
  })

  it('announces nothing where nothing is wanted', async () => {
    const scene = await aDispatchedRun(['succeeds', 'fails'], 'none')
    await scene.settleTasks.execute(scene.commands)
    expect(await eventsOf(scene)).toEqual([])
  })

  it('refuses the outcome of a dispatch that was given up', async () => {
    const scene = await aDispatchedRun(['succeeds'], undefined)
    const [command] = scene.commands
    if (command === undefined) throw new Error('nothing was dispatched')
    const late = { ...command, generation: command.generation - 1 }
    expect(await scene.settleTasks.execute([late, command, command])).toEqual(['stale', 'succeeded', 'stale'])
  })

  it('tries a passing fault again, and takes an output of the wrong shape for a fault of ours', async () => {
    const scene = await aDispatchedRun(['succeeds', 'succeeds'], undefined)
    const [first, second] = scene.commands
    if (first === undefined || second === undefined) throw new Error('nothing was dispatched')
    const fault = { code: 'storage.failed', detail: 'the disk is away' } as const
    const results = await scene.settleTasks.execute([
      { ...first, outcome: { status: 'failed', fault } },
      { ...second, outcome: { status: 'succeeded', output: { stills: 'none' } } },
    ])
    expect(results).toEqual(['postponed', 'failed'])
    const [report] = await scene.unitOfWork.stores.runs.reportsOf([scene.runId])
    expect(report?.tasks).toMatchObject([
      { state: 'waiting', tries: 1 },
      { state: 'failed', fault: { code: 'internal' } },
    ])
  })
})
