import { mainSubApp, newTaskId, type SubAppId } from '@libs/kernel'
import { acceptRun, anOutput, claimDue } from '@libs/testing'
import type { SucceededTask, Task } from '@libs/workflow'
import { z } from 'zod'
import { type OpenRest, openRest } from './open-rest'

const at = new Date(1_795_000_000_000)
const page = z.object({ items: z.array(z.object({ taskId: z.string() })), nextPage: z.string().optional() })
const retried = z.object({ runId: z.string(), taskId: z.string(), mediaId: z.string() })

describe('/v1/tasks', () => {
  let rest: OpenRest
  let runId: string
  let tasks: readonly Task[]

  beforeEach(async () => {
    rest = await openRest()
    await rest.call('post', '/v1/queues', { name: 'q' })
    const kinds = ['imageSprites', 'coverBySnapshot'] as const
    const of = {
      priority: 4,
      sessionContext: 'c',
      userData: '{"a":1}',
      sessionId: 's',
      queue: 'q',
      procedureName: 'p',
    }
    const accepted = await acceptRun(rest.unitOfWork, { media: rest.media, of, kinds, due: at })
    runId = accepted.run.id
    tasks = accepted.tasks
  })

  afterEach(() => rest.close())

  const call: OpenRest['call'] = (...asked) => rest.call(...asked)
  const idOf = (index: number) => tasks[index]?.id ?? ''
  const fault = { code: 'media.malformed', detail: 'It is broken.' } as const

  async function claim(now = at): Promise<readonly Task[]> {
    return (await claimDue(rest.unitOfWork, 10, now)).tasks.map(({ task }) => task)
  }

  const fail = async (index: number): Promise<void> => {
    const failed = (await claim()).filter(({ id }) => id === idOf(index))
    await rest.unitOfWork.run(({ runs }) =>
      runs.failTasks(
        failed.map((task) => ({ task, fault })),
        at,
      ),
    )
  }

  it('tells of one task, with what came of it', async () => {
    const told = await call('get', `/v1/tasks/${idOf(1)}`).expect(200)
    const facts = { taskId: idOf(1), runId, mediaId: rest.media.id, index: 1, kind: 'coverBySnapshot', definition: 10 }
    const createdAt = at.toISOString()
    expect(told.body).toEqual({ ...facts, position: '50%', state: 'waiting', progressPercent: 0, createdAt })
    const claimed = await claim()
    await rest.unitOfWork.run(({ runs }) =>
      runs.succeedTasks(
        claimed.map((task) => ({ ...task, output: anOutput[task.kind] }) as SucceededTask),
        at,
      ),
    )
    const done = await call('get', `/v1/tasks/${idOf(1)}`).expect(200)
    expect(done.body).toMatchObject({ ...facts, state: 'succeeded', output: { cover: { atMs: 3_500 } } })
  })

  it('lists tasks by what they are, page by page', async () => {
    const list = async (query: string) => page.parse((await call('get', `/v1/tasks?${query}`).expect(200)).body)
    const idsOf = async (query: string) => (await list(query)).items.map(({ taskId }) => taskId)
    expect(await idsOf('order=ascending')).toEqual([idOf(0), idOf(1)])
    const first = await list('limit=1')
    expect(first.items).toEqual([{ taskId: idOf(1) }])
    const second = await list(`limit=1&page=${first.nextPage ?? ''}`)
    expect(second).toEqual({ items: [{ taskId: idOf(0) }] })
    await fail(0)
    expect(await idsOf(`runId=${runId}&state=failed&kind=imageSprites&mediaId=${rest.media.id}`)).toEqual([idOf(0)])
    expect(await idsOf('state=processing')).toEqual([idOf(1)])
    expect(await idsOf('state=waiting')).toEqual([])
    expect(await idsOf(`createdAfter=${new Date(at.getTime() + 1).toISOString()}`)).toEqual([])
  })

  it.each([
    ['runId=x', 404, 'run.notFound', 'runId'],
    ['mediaId=x', 404, 'media.notFound', 'mediaId'],
    ['kind=ingest', 422, 'request.invalidValue', 'kind'],
    ['state=dispatched', 422, 'request.invalidValue', 'state'],
    ['limit=101', 422, 'request.invalidValue', 'limit'],
    ['page=x', 422, 'request.invalidValue', 'page'],
    [`page=${btoa('[1,"x",0]')}`, 422, 'request.invalidValue', 'page'],
    ['createdAfter=yesterday', 422, 'request.invalidValue', 'createdAfter'],
    ['order=up', 422, 'request.invalidValue', 'order'],
    ['nope=1', 422, 'request.unknownParameter', 'nope'],
  ])('refuses to list by %s', async (query, status, code, field) => {
    expect((await call('get', `/v1/tasks?${query}`).expect(status)).body).toMatchObject({ code, field })
  })

  it('finds no task that is not there, is another’s or makes no pictures', async () => {
    const { unitOfWork, media } = rest
    const of = { subAppId: 7 as SubAppId }
    const theirs = await acceptRun(unitOfWork, { media, of, kinds: ['coverBySnapshot'], due: at })
    const ingest = await acceptRun(unitOfWork, { media, of: { type: 'ingest' }, kinds: ['ingest'], due: at })
    const others = [...theirs.tasks, ...ingest.tasks].map(({ id }) => id)
    for (const id of ['x', newTaskId(1), ...others]) {
      const asked = [
        call('get', `/v1/tasks/${id}`),
        call('post', `/v1/tasks/${id}/abort`),
        call('post', `/v1/tasks/${id}/retry`),
      ]
      for (const each of asked) {
        expect((await each.expect(404)).body).toMatchObject({ code: 'task.notFound', field: 'taskId' })
      }
    }
  })

  it('has one aborted, as often as one likes, and its run left alone', async () => {
    for (let time = 0; time < 2; time += 1) {
      await call('post', `/v1/tasks/${idOf(1)}/abort`).expect(202, { taskId: idOf(1) })
    }
    const locked = await rest.unitOfWork.run(({ runs }) => runs.lockAborted(10))
    expect(locked).toMatchObject([{ task: { id: idOf(1) }, withRun: false }])
    await fail(0)
    await call('post', `/v1/tasks/${idOf(0)}/abort`).expect(202)
    expect((await call('get', `/v1/tasks/${idOf(0)}`)).body).toMatchObject({ state: 'failed', fault })
  })

  it('does a failed one once more, in a run of its own with all that was said about the first', async () => {
    await fail(0)
    const answer = await call('post', `/v1/tasks/${idOf(0)}/retry`).expect(202)
    const again = retried.parse(answer.body)
    expect(answer.headers['location']).toBe(`/v1/runs/${again.runId}`)
    const told = await call('get', `/v1/runs/${again.runId}`).expect(200)
    expect(told.body).toMatchObject({
      mediaId: rest.media.id,
      state: 'waiting',
      priority: 4,
      sessionContext: 'c',
      userData: { a: 1 },
    })
    expect(told.body).toMatchObject({ queue: 'q', sessionId: '' })
    for (const name of ['procedure', 'startedAt']) expect(told.body).not.toHaveProperty(name)
    const before = tasks[0]
    const after = (await rest.unitOfWork.stores.runs.lockTasks([again.taskId as Task['id']]))[0]?.task
    expect(after).toEqual({ ...before, id: again.taskId, runId: again.runId })
    expect((await call('get', `/v1/tasks/${idOf(0)}`)).body).toMatchObject({ runId, state: 'failed', fault })
    expect((await claim(new Date())).map(({ id }) => id)).toEqual([again.taskId])
  })

  it('lets the queue of its run hold it back no more when that is gone', async () => {
    await fail(0)
    await rest.unitOfWork.stores.queues.remove(mainSubApp, 'q')
    const again = retried.parse((await call('post', `/v1/tasks/${idOf(0)}/retry`).expect(202)).body)
    expect((await call('get', `/v1/runs/${again.runId}`).expect(200)).body).not.toHaveProperty('queue')
  })

  it('does none once more that has not failed, or whose media is gone', async () => {
    const before = rest.unitOfWork.tables.rowCount
    const refused = await call('post', `/v1/tasks/${idOf(0)}/retry`).expect(409)
    expect(refused.body).toMatchObject({ code: 'task.notFailed', field: 'taskId' })
    expect(rest.unitOfWork.tables.rowCount).toBe(before)
    await fail(0)
    await call('delete', `/v1/media/${rest.media.id}`).expect(204)
    const gone = await call('post', `/v1/tasks/${idOf(0)}/retry`).expect(404)
    expect(gone.body).toMatchObject({ code: 'media.notFound', field: 'taskId' })
  })
})
