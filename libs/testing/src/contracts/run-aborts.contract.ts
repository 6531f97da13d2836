import { mainSubApp, type SubAppId } from '@libs/kernel'
import type { KindName } from '@libs/tasks'
import { type Media, type Run, runTransitions, sourcesOf, type Task, type UnitOfWork } from '@libs/workflow'
import { acceptRun, type AcceptedRun, claimDue } from '../builders/accept-run'
import { aMedia } from '../builders/media'
import { anOutput } from '../builders/output'

const at = new Date(1_795_000_000_000)
const later = (ms: number) => new Date(at.getTime() + ms)

/** What every store of runs must do when runs are to be aborted; `open` gives an empty one. */
export function runAbortsContract(open: () => Promise<UnitOfWork>): void {
  let unitOfWork: UnitOfWork
  let media: Media

  beforeEach(async () => {
    unitOfWork = await open()
    media = aMedia()
    await unitOfWork.stores.media.insert(media)
  })

  const accept = (of: Partial<Run>, kinds: readonly KindName[], due?: Date | 'after ingest') =>
    acceptRun(unitOfWork, { media, of, kinds, due: due ?? at })
  const claim = async () => (await claimDue(unitOfWork, 10, at)).tasks
  const fault = { code: 'task.aborted', detail: 'The run was aborted.' } as const
  const ask = ({ run }: AcceptedRun, subAppId = mainSubApp) =>
    unitOfWork.run(({ runs }) => runs.askAbort(subAppId, run.id, sourcesOf(runTransitions, 'aborted'), at))
  const lock = (limit = 10) => unitOfWork.run(({ runs }) => runs.lockAborted(limit))
  const fail = (tasks: readonly Task[]) =>
    unitOfWork.run(({ runs }) =>
      runs.failTasks(
        tasks.map((task) => ({ task, fault })),
        later(7),
      ),
    )
  const finish = ({ run }: AcceptedRun) => unitOfWork.run(({ runs }) => runs.finishEnded([run.id], later(8)))
  const reportOf = async ({ run }: AcceptedRun) => unitOfWork.stores.runs.findProcess(mainSubApp, run.id)

  it('takes note of open runs that make pictures, of their own sub-application', async () => {
    const accepted = await accept({}, ['coverBySnapshot'])
    const ingesting = await accept({ type: 'ingest' }, ['ingest'])
    expect(await ask(accepted, 7 as SubAppId)).toBe(false)
    expect(await ask(ingesting)).toBe(false)
    expect(await lock()).toEqual([])
    expect(await ask(accepted)).toBe(true)
    expect(await ask(accepted)).toBe(true)
    await fail(accepted.tasks)
    await finish(accepted)
    expect(await ask(accepted)).toBe(false)
    expect(await lock()).toEqual([])
  })

  it('locks what is open of them, wherever it is, and nothing else', async () => {
    const dispatched = await accept({}, ['coverBySnapshot'])
    const ended = await accept({}, ['sampleSnapshot', 'imageSprites'])
    await accept({}, ['imageSprites'], 'after ingest')
    for (const { task } of await claim()) if (task.kind === 'sampleSnapshot') await fail([task])
    const waiting = await accept({}, ['coverBySnapshot'], 'after ingest')
    for (const accepted of [dispatched, ended, waiting]) await ask(accepted)
    const locked = await lock()
    const states = locked.map(({ task, run, media: about }) => [run.id, task.kind, task.state, about.id])
    expect(states.sort()).toEqual(
      [
        [dispatched.run.id, 'coverBySnapshot', 'dispatched', media.id],
        [ended.run.id, 'imageSprites', 'dispatched', media.id],
        [waiting.run.id, 'coverBySnapshot', 'waiting', media.id],
      ].sort(),
    )
    expect(locked.map(({ task }) => task.id)).toEqual(locked.map(({ task }) => task.id).sort())
    expect(await lock(2)).toHaveLength(2)
  })

  it('ends them as aborted, with what had succeeded', async () => {
    const accepted = await accept({}, ['imageSprites', 'coverBySnapshot', 'sampleSnapshot'])
    for (const { task } of await claim()) {
      if (task.kind === 'coverBySnapshot') {
        await unitOfWork.run(({ runs }) => runs.succeedTasks([{ ...task, output: anOutput.coverBySnapshot }], at))
      }
      if (task.kind === 'sampleSnapshot') {
        await unitOfWork.run(({ runs }) => runs.postponeTasks([{ task, tries: 1, dueAt: at }]))
      }
    }
    await ask(accepted)
    await fail((await lock()).map(({ task }) => task))
    expect(await claim()).toEqual([])
    expect(await finish(accepted)).toEqual(new Set([accepted.run.id]))
    const aborted = { state: 'failed', fault, finishedAt: later(7) }
    expect(await reportOf(accepted)).toMatchObject({
      run: { state: 'aborted', finishedAt: later(8) },
      tasks: [aborted, { state: 'succeeded', output: anOutput.coverBySnapshot }, aborted],
    })
  })

  it('takes note of single tasks, whose run is no aborted one', async () => {
    const accepted = await accept({}, ['coverBySnapshot', 'sampleSnapshot'])
    const ingesting = await accept({ type: 'ingest' }, ['ingest'])
    const [cover, sample] = accepted.tasks
    const [ingest] = ingesting.tasks
    if (cover === undefined || sample === undefined || ingest === undefined) throw new Error('nothing was accepted')
    const askTask = (task: Task, subAppId = mainSubApp) =>
      unitOfWork.run(({ runs }) => runs.askTaskAbort(subAppId, task.id, at))
    expect(await askTask(cover, 7 as SubAppId)).toBe(false)
    expect(await askTask(ingest)).toBe(false)
    expect(await lock()).toEqual([])
    expect(await askTask(cover)).toBe(true)
    expect(await askTask(cover)).toBe(true)
    expect(await lock()).toMatchObject([{ task: { id: cover.id }, withRun: false }])
    await ask(accepted)
    expect((await lock()).map(({ task, withRun }) => [task.id, withRun]).sort()).toEqual(
      [cover, sample].map(({ id }) => [id, true]).sort(),
    )
    await fail([cover])
    expect(await askTask(cover)).toBe(false)

    const alone = await accept({}, ['imageSprites'])
    for (const task of alone.tasks) await askTask(task)
    await fail(alone.tasks)
    await finish(alone)
    expect(await reportOf(alone)).toMatchObject({ run: { state: 'finished' }, tasks: [{ state: 'failed', fault }] })
  })

  it('leaves a task that has moved on since it was looked at', async () => {
    const accepted = await accept({}, ['coverBySnapshot'])
    const [before] = accepted.tasks
    const [claimed] = await claim()
    if (before === undefined || claimed?.task.kind !== 'coverBySnapshot') throw new Error('nothing was claimed')
    await fail([before])
    expect((await reportOf(accepted))?.tasks[0]).toMatchObject({ state: 'dispatched', fault: undefined })
    const succeeded = { ...claimed.task, output: anOutput.coverBySnapshot }
    await unitOfWork.run(({ runs }) => runs.succeedTasks([succeeded], at))
    await fail([claimed.task, { ...claimed.task, state: 'succeeded' }])
    await finish(accepted)
    expect(await reportOf(accepted)).toMatchObject({
      run: { state: 'finished' },
      tasks: [{ state: 'succeeded', fault: undefined }],
    })
  })
}
