import { answerOf } from '@libs/client'
import { makeLumaClock, queueBackends } from '@libs/testing'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { close, listen } from './neighbours/listen'
import { parseTaskEvent, procedureTask, resultsOf } from './pictures/task-event'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const uploadEvent = z.looseObject({ Sign: z.string(), T: z.int() })

const MediaProcessTask = {
  SnapshotByTimeOffsetTaskSet: [{ Definition: 10, ExtTimeOffsetSet: ['0s'] }],
  SampleSnapshotTaskSet: [{ Definition: 10 }],
  ImageSpriteTaskSet: [{ Definition: 10 }],
}

describe.each(queueBackends())('events on %s', (backend) => {
  let product: TestProduct
  let receiver: CallbackReceiver
  let FileId: string

  beforeAll(async () => {
    product = await startTestProduct({ backend, egressAllow: '127.0.0.0/8' })
    receiver = new CallbackReceiver()
    await receiver.open()
    const clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 3 })
    FileId = (await product.rest.upload(clip)).mediaId
  })

  afterAll(async () => {
    await stopTestProducts()
    await receiver.close()
  })

  async function process(order: { TasksNotifyMode?: string } = {}): Promise<string> {
    const { TaskId = '' } = await product.vendor.ProcessMedia({ FileId, MediaProcessTask, ...order })
    return TaskId
  }

  function runEnded(taskId: string): Promise<unknown> {
    return waitFor(`The end of ${taskId}`, 20_000, async () => {
      const run = await product.rest.run(taskId)
      return run.state === 'finished' ? run : undefined
    })
  }

  const push = () => product.vendor.ModifyEventConfig({ Mode: 'PUSH', NotificationUrl: receiver.url })

  it('wait to be pulled until they are confirmed, and there is a code for none', async () => {
    await product.vendor.ModifyEventConfig({ Mode: 'PULL' })
    const askedAtMs = Date.now()
    await expect(product.vendor.PullEvents({})).rejects.toMatchObject({ code: 'ResourceNotFound' })
    expect(Date.now() - askedAtMs).toBeGreaterThan(4_000)

    const [taskId, { EventSet = [] }] = await Promise.all([process(), product.vendor.PullEvents({})])
    expect(EventSet).toHaveLength(1)
    const [{ EventHandle = '', EventType, ProcedureStateChangeEvent } = {}] = EventSet
    expect(EventType).toBe('ProcedureStateChanged')
    const task = procedureTask.parse(ProcedureStateChangeEvent)
    expect(task).toMatchObject({ TaskId: taskId, Status: 'FINISH' })
    expect(resultsOf(task).map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS'])
    await product.vendor.ConfirmEvents({ EventHandles: [EventHandle] })
    const confirmAgain = product.vendor.ConfirmEvents({ EventHandles: [EventHandle] })
    await expect(confirmAgain).rejects.toMatchObject({ code: 'InvalidParameterValue' })
    expect(await product.query('select event_id from pull_event')).toEqual([])
    expect(receiver.deliveries).toEqual([])
  })

  it('come for each task and a last time for the run with TasksNotifyMode Change', async () => {
    await push()
    const taskId = await process({ TasksNotifyMode: 'Change' })
    await receiver.finishOf(taskId)
    const deliveries = await waitFor('An event for each task', 10_000, () => {
      const about = receiver.about(taskId)
      return about.length === 3 ? about : undefined
    })
    const events = deliveries.map(({ body }) => parseTaskEvent(body))
    const ended = (event: (typeof events)[number]) =>
      resultsOf(event).filter(({ Status }) => Status !== 'PROCESSING').length
    expect(events.map(ended).toSorted((a, b) => a - b)).toEqual([1, 2, 3])
    expect(events.map(({ Status }) => Status).toSorted()).toEqual(['FINISH', 'PROCESSING', 'PROCESSING'])
    expect(new Set(events.map(({ TasksNotifyMode }) => TasksNotifyMode))).toEqual(new Set(['Change']))
    expect(new Set(deliveries.map(({ webhookId }) => webhookId)).size).toBe(3)
  })

  it('do not come with TasksNotifyMode None', async () => {
    await push()
    const silent = await process({ TasksNotifyMode: 'None' })
    await runEnded(silent)
    await receiver.finishOf(await process({ TasksNotifyMode: 'Finish' }))
    expect(receiver.about(silent)).toEqual([])
    const [runId] = /[0-9a-f]{32}/.exec(silent) ?? []
    expect(await product.query(`select id from event where subject_id = '${runId ?? ''}'`)).toEqual([])
  })

  it('tell of an upload and of its end when that is wanted, signed in both ways', async () => {
    await product.vendor.ModifyEventConfig({
      ...{ Mode: 'PUSH', NotificationUrl: receiver.url },
      ...{ UploadMediaCompleteEventSwitch: 'ON', SignKey: 'abcDEF123' },
    })
    const clip = join(product.folder, 'clock.mp4')
    const { mediaId } = await product.rest.upload(clip)
    const delivery = await waitFor('The event of the upload', 20_000, () => receiver.about(mediaId)[0])
    const { secret } = await product.rest.eventConfig()
    new Webhook(secret).verify(delivery.body, receiver.headers[receiver.deliveries.indexOf(delivery)] ?? {})
    const { Sign, T, ...event } = uploadEvent.parse(JSON.parse(delivery.body))
    expect(Sign).toBe(createHash('md5').update(`abcDEF123${T}`).digest('hex'))
    expect(T - Date.now() / 1000).toBeGreaterThan(500)
    expect(event).toMatchObject({
      EventType: 'NewFileUpload',
      FileUploadEvent: { FileId: mediaId, ProcedureTaskId: '', MetaData: { Duration: 3 } },
    })
    await product.vendor.ModifyEventConfig({ UploadMediaCompleteEventSwitch: 'OFF', SignKey: '' })
    const silent = await product.rest.upload(clip)
    await receiver.finishOf(await process())
    expect(receiver.about(silent.mediaId)).toEqual([])
  })

  it('go to every webhook that wants them, each with a signature of its own', async () => {
    await product.vendor.ModifyEventConfig({ Mode: 'PULL' })
    const { api } = product.rest
    const place = (name: string) => `${receiver.url}?${name}`
    const make = (name: string, type: 'procedureStateChanged' | 'mediaDeleted') =>
      answerOf(api.POST('/v1/webhooks', { body: { url: place(name), types: [type] } }))
    const webhooks = [await make('one', 'procedureStateChanged'), await make('two', 'procedureStateChanged')]
    webhooks.push(await make('three', 'mediaDeleted'))
    const taskId = await process()
    const delivered = await waitFor('Two deliveries', 20_000, () => {
      const about = receiver.about(taskId)
      return about.length < 2 ? undefined : about
    })
    expect(delivered.map(({ path }) => path).sort()).toEqual(['/callback?one', '/callback?two'])
    expect(new Set(delivered.map(({ body }) => body)).size).toBe(1)
    expect(new Set(delivered.map(({ webhookId }) => webhookId)).size).toBe(2)
    for (const delivery of delivered) {
      const { secret = '' } = webhooks.find(({ url }) => url.endsWith(delivery.path)) ?? {}
      new Webhook(secret).verify(delivery.body, receiver.headers[receiver.deliveries.indexOf(delivery)] ?? {})
    }
    for (const { webhookId } of webhooks) {
      await answerOf(api.DELETE('/v1/webhooks/{webhookId}', { params: { path: { webhookId } } }))
    }
    const { EventSet = [] } = await product.vendor.PullEvents({})
    expect(EventSet.map((event) => JSON.stringify(event))).toEqual([expect.stringContaining(taskId)])
    await product.vendor.ConfirmEvents({ EventHandles: EventSet.map(({ EventHandle = '' }) => EventHandle) })
  })

  // The schedule of the deliveries is the same with every queue.
  if (backend !== 'postgres') return
  it('come again, byte for byte, to a receiver that failed', async () => {
    await push()
    receiver.answers.push(500)
    const taskId = await process()
    const [first, second] = await waitFor('A second delivery', 30_000, () => {
      const about = receiver.about(taskId)
      return about.length === 2 ? about : undefined
    })
    expect(second).toEqual(first)
    expect(first?.webhookId).toMatch(/^[0-9a-f]{32}$/)
    const state = () =>
      product.query(`select state, attempt from delivery where event_id = '${first?.webhookId ?? ''}'`)
    const recorded = await waitFor('A record of the delivery', 5_000, async () =>
      (await state()).find((row) => row['state'] === 'delivered'),
    )
    expect(recorded).toEqual({ state: 'delivered', attempt: 2 })
  })

  it('wait for a receiver that said 410 Gone until it is set anew, and come again when asked to', async () => {
    await push()
    receiver.answers.push(410)
    const taskId = await process()
    const endpoint = async () => (await product.rest.eventConfig()).endpoint
    const disabled = () =>
      waitFor('A disabled endpoint', 20_000, async () => {
        const told = await endpoint()
        return told?.state === 'disabled' ? told : undefined
      })
    expect(await disabled()).toMatchObject({ disabledReason: 'It answered 410 Gone.' })
    const waiting = await process()
    await runEnded(waiting)
    expect(receiver.about(waiting)).toEqual([])

    await push()
    expect(await endpoint()).toMatchObject({ state: 'enabled' })
    const { webhookId, body } = await receiver.finishOf(waiting)
    await waitFor('A second delivery of the refused event', 20_000, () => receiver.about(taskId)[1])
    await waitFor('An end of the delivery', 5_000, async () => {
      const answer = await product.rest.call('/v1/deliveries?state=delivered')
      return (await answer.text()).includes(webhookId) || undefined
    })
    const again = await product.rest.call(`/v1/deliveries/${webhookId}/redeliver`, { method: 'POST' })
    expect(again.status).toBe(202)
    const second = await waitFor('The event again', 5_000, () => receiver.about(waiting)[1])
    expect(second).toMatchObject({ webhookId, body })
  })

  it('come to a receiver at once while another one never answers hundreds of them', async () => {
    await push()
    let waiting = 0
    const tarPit = createServer(() => (waiting += 1))
    const url = await listen(tarPit)
    await product.query(`
      with place as (insert into endpoint (sub_app_id, url) values (77, '${url}') returning id),
      told as (
        insert into event (id, sub_app_id, dialect, subject_id, state_key, body, created_at)
        select lpad(n::text, 32, '0'), 77, 'tencent-vod', n, 'finish', '{}', now() from generate_series(1, 300) n
        returning id
      )
      insert into delivery (event_id, sub_app_id, endpoint_id, state, attempt, token, due_at)
      select told.id, 77, place.id, 'pending', 0, 0, now() from told, place`)
    await waitFor('An attempt at the tar pit', 5_000, () => waiting || undefined)
    const taskId = await process()
    await runEnded(taskId)
    await receiver.finishOf(taskId, 5_000)
    expect(waiting).toBeLessThanOrEqual(8)
    await close(tarPit)
  })
})
