import { mainSubApp, newRunId, type SubAppId } from '@libs/kernel'
import { acceptRun, anOutput, claimDue, listenTo } from '@libs/testing'
import type { SucceededTask, Task } from '@libs/workflow'
import { WatchRuns } from '@libs/workflow'
import { type OpenRest, openRest } from './open-rest'

const at = new Date(1_795_000_000_000)

describe('/v1/runs/{id}/events', () => {
  let rest: OpenRest
  let runId: string

  beforeEach(async () => {
    rest = await openRest()
    const kinds = ['imageSprites', 'coverBySnapshot'] as const
    runId = (await acceptRun(rest.unitOfWork, { media: rest.media, of: {}, kinds, due: at })).run.id
  })

  afterEach(() => rest.close())

  function open(headers: Record<string, string> = {}, method = 'GET', id = runId): Promise<Response> {
    const authorization = `Basic ${btoa('id:s:ecret')}`
    return fetch(`${rest.url}/v1/runs/${id}/events`, { method, headers: { authorization, ...headers } })
  }

  async function claim(): Promise<readonly Task[]> {
    return (await claimDue(rest.unitOfWork, 10, at)).tasks.map(({ task }) => task)
  }

  const succeed = (tasks: readonly Task[]) =>
    rest.unitOfWork.run(async ({ runs }) => {
      await runs.succeedTasks(
        tasks.map((task) => ({ ...task, output: anOutput[task.kind] }) as SucceededTask),
        at,
      )
      await runs.finishEnded([...new Set(tasks.map((task) => task.runId))], at)
    })

  it('tells how far its tasks are, what came of them, and ends with the run', async () => {
    const response = await open()
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    const next = listenTo(response)
    const heard = [await next(), await next()]
    const [sprite, cover] = await claim()
    if (sprite === undefined || cover === undefined) throw new Error('nothing was claimed')
    heard.push(await next(), await next())
    await rest.unitOfWork.stores.runs.recordProgress([
      { taskId: sprite.id, generation: 1, kind: sprite.kind, percent: 4, framesDone: 4, frames: 90 },
    ])
    heard.push(await next())
    await succeed([cover])
    heard.push(await next())
    await succeed([sprite])
    heard.push(await next(), await next())
    expect(await next()).toBeUndefined()
    const told = { taskId: sprite.id, index: 0, kind: 'imageSprites', state: 'waiting', progressPercent: 0 }
    const other = { ...told, taskId: cover.id, index: 1, kind: 'coverBySnapshot' }
    const underWay = { state: 'processing' }
    const done = { state: 'succeeded', progressPercent: 100, finishedAt: at.toISOString() }
    expect(heard.map((each) => each?.data)).toEqual([
      told,
      other,
      { ...told, ...underWay },
      { ...other, ...underWay },
      { ...told, ...underWay, progressPercent: 4, framesDone: 4, frames: 90 },
      expect.objectContaining({
        ...other,
        ...done,
        framesDone: 1,
        frames: 1,
        output: { cover: expect.anything() as unknown },
      }),
      expect.objectContaining({
        ...told,
        ...done,
        framesDone: 10,
        frames: 10,
        output: expect.objectContaining({ cellCount: 10 }) as unknown,
      }),
      expect.objectContaining({ runId, state: 'finished', finishedAt: at.toISOString() }),
    ])
    const names = [...Array.from({ length: 5 }, () => 'progress'), 'taskEnded', 'taskEnded', 'runEnded']
    expect(heard.map((each) => each?.event)).toEqual(names)
  })

  it('goes on where a listener was cut off, and has nothing for one that has heard the end', async () => {
    const first = await open()
    const next = listenTo(first)
    await next()
    const id = (await next())?.id ?? ''
    await succeed(await claim())
    const back = listenTo(await open({ 'Last-Event-ID': id }))
    const rest = [await back(), await back(), await back(), await back()]
    expect(rest.map((each) => each?.event)).toEqual(['taskEnded', 'taskEnded', 'runEnded', undefined])
    const again = await open({ 'Last-Event-ID': rest[2]?.id ?? '' })
    expect([again.status, await again.text()]).toEqual([204, ''])
    const anew = listenTo(await open({ 'Last-Event-ID': 'nonsense' }))
    expect((await anew())?.event).toBe('taskEnded')
  })

  it('is of the caller’s own runs', async () => {
    const theirs = await acceptRun(rest.unitOfWork, {
      media: rest.media,
      of: { subAppId: 7 as SubAppId },
      kinds: ['coverBySnapshot'],
      due: at,
    })
    expect(theirs.run.subAppId).not.toBe(mainSubApp)
    for (const id of [theirs.run.id, newRunId(1), 'x']) {
      const refused = await open({}, 'GET', id)
      expect([refused.status, await refused.json()]).toMatchObject([404, { code: 'run.notFound', field: 'runId' }])
    }
    expect((await open({ authorization: '' })).status).toBe(401)
  })

  it('ends with its process, to be taken up elsewhere', async () => {
    const next = listenTo(await open())
    await next()
    await next()
    rest.get(WatchRuns).stop()
    expect(await next()).toBeUndefined()
    const late = listenTo(await open())
    expect([(await late())?.event, (await late())?.event, await late()]).toEqual(['progress', 'progress', undefined])
  })

  it('does not keep whoever asks for its head', async () => {
    const response = await open({}, 'HEAD')
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  })
})
