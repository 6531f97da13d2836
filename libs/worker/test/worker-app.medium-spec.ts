import { AppError, mainSubApp, newRunId, newTaskId, type TaskId } from '@libs/kernel'
import { BullmqDispatcher, connectQueue, migrateQueue, type QueueSettings, SettleHost } from '@libs/queue'
import { imageSprites, pictureDefaults } from '@libs/tasks'
import { queueBackends, testDatabase, testMediaTools, testRedisUrl } from '@libs/testing'
import type { Outcome } from '@libs/workflow'
import { Logger } from '@nestjs/common'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openTools } from '../src/open-tools'
import { type AnyPerformable, WorkerApp } from '../src/worker-app'
import { Workspaces } from '../src/workspaces'

const settings = {
  ...{ widthPx: 0, heightPx: 0, resolutionAdaptive: true, format: 'jpg', fill: 'black', ...pictureDefaults },
  ...{ sampling: { by: 'percent', intervalPercent: 10 }, rows: 2, columns: 2 },
}

describe.each(queueBackends())('WorkerApp on %s', (backend) => {
  let folder: string
  let queue: QueueSettings
  let dispatcher: BullmqDispatcher
  let settleHost: SettleHost
  let closers: (() => Promise<void>)[]
  const outcomes = new Map<TaskId, (outcome: Outcome) => void>()

  beforeAll(async () => {
    Logger.overrideLogger(false)
    folder = await mkdtemp(join(tmpdir(), 'worker-app-'))
    const database = await testDatabase()
    closers = [() => database.drop(), () => rm(folder, { recursive: true })]
    if (backend === 'postgres') await migrateQueue(database.url)
    queue = backend === 'postgres' ? { QUEUE_DATABASE_URL: database.url } : { REDIS_URL: testRedisUrl() }
    const connection = connectQueue(queue)
    dispatcher = new BullmqDispatcher(connection, () => undefined)
    settleHost = new SettleHost(connection, {
      settle: async ({ taskId, outcome }) => outcomes.get(taskId)?.(outcome),
      onError: () => undefined,
      onWedged: () => undefined,
    })
    await settleHost.start()
    closers.unshift(
      () => settleHost.close(),
      () => dispatcher.close(),
      () => connection.close(),
    )
  })
  afterAll(async () => {
    for (const close of closers) await close()
  })

  /** Runs one task in a worker of its own, from sending it to hearing of its end. */
  async function outcomeOf(perform: AnyPerformable['perform'], given: object = settings, minFreeBytes = 0) {
    const tools = openTools(
      { EGRESS_ALLOW: [], PULL_MAX_MB: 100, PULL_STALL_SECONDS: 5, STORAGE_URL: `file:${join(folder, 'stored')}` },
      testMediaTools(),
    )
    const workspaces = new Workspaces(join(folder, 'work'), minFreeBytes)
    const worker = new WorkerApp({ ...imageSprites, perform }, { tools, workspaces }, queue, 0)
    await worker.onApplicationBootstrap()
    expect(worker.isTaking()).toBe(true)
    const taskId = newTaskId(Date.now())
    const runId = newRunId(Date.now())
    const heard = new Promise<Outcome>((resolve) => outcomes.set(taskId, resolve))
    const input = { settings: given, request: {} }
    const task = {
      origin: {},
      runId,
      taskId,
      generation: 3,
      kind: 'imageSprites',
      input,
      subAppId: mainSubApp,
      turn: 1,
    } as const
    await dispatcher.send([{ ...task, subject: { sourceKey: 'sources/0/1' } }])
    const outcome = await heard
    await worker.onApplicationShutdown()
    return { outcome, runId, taskId }
  }

  it('performs a task with its input, its tools and a place of its own, and cleans up', async () => {
    const places: string[] = []
    const { outcome, runId, taskId } = await outcomeOf(async (input, { place, subject, tools }) => {
      places.push(place.workspace)
      const path = join(place.workspace, 'sheet.jpg')
      await writeFile(path, 'picture')
      return { input, subject, sheet: await tools.artifacts.put(`${place.artifactPrefix}sheet.jpg`, path) }
    })
    const key = `artifacts/0/${runId}/${taskId}/g3x1/sheet.jpg`
    expect(outcome).toEqual({
      status: 'succeeded',
      output: {
        input: { settings, request: {} },
        subject: { sourceKey: 'sources/0/1' },
        sheet: { key, sizeBytes: 7 },
      },
    })
    expect(places[0]).toContain(join(folder, 'work'))
    expect(await readdir(join(folder, 'work'))).toEqual([])
  })

  it('brings the fault that a task threw', async () => {
    const { outcome } = await outcomeOf(async (_input, { place }) => {
      await mkdir(join(place.workspace, 'cells'))
      throw new AppError('media.malformed', 'The second frame is broken.')
    })
    expect(outcome).toEqual({
      status: 'failed',
      fault: { code: 'media.malformed', detail: 'The second frame is broken.' },
    })
    expect(await readdir(join(folder, 'work'))).toEqual([])
  })

  it('tells how far a task is, and leaves it and its workspace when that is told to stop', async () => {
    const { outcome } = await outcomeOf(async (_input, { place, report }, signal) => {
      await mkdir(join(place.workspace, 'cells'))
      report({ framesDone: 2, frames: 5 })
      while (!signal.aborted) await stopAtProgress(40)
      throw signal.reason
    })
    expect(outcome).toMatchObject({ status: 'failed', fault: { code: 'task.aborted' } })
    expect(await readdir(join(folder, 'work'))).toEqual([])
  })

  /** As the conductor does when somebody has seen enough. */
  async function stopAtProgress(percent: number): Promise<void> {
    const seen = await dispatcher.progressOf(['imageSprites'])
    await wait(20)
    await dispatcher.stop(seen.filter((each) => each.percent === percent))
  }

  it('says nothing to the outside of what went wrong inside', async () => {
    const { outcome } = await outcomeOf(async () => {
      throw new Error('/home/me/secret is not readable')
    })
    expect(outcome).toMatchObject({ status: 'failed', fault: { code: 'internal' } })
    expect(JSON.stringify(outcome)).not.toContain('secret')
  })

  it('begins nothing while there is too little room, which may pass', async () => {
    const perform = jest.fn()
    const { outcome } = await outcomeOf(perform, settings, 2 ** 60)
    expect(outcome).toMatchObject({ status: 'failed', fault: { code: 'storage.full' } })
    expect(perform).not.toHaveBeenCalled()
  })

  it('refuses for good settings that the kind does not take, without performing', async () => {
    const perform = jest.fn()
    const { outcome } = await outcomeOf(perform, { ...settings, rows: 0 })
    expect(outcome).toMatchObject({ status: 'failed', fault: { code: 'task.invalidConfiguration' } })
    expect(perform).not.toHaveBeenCalled()
  })
})
