import {
  type EventId,
  mainSubApp,
  type MediaId,
  newMediaId,
  type RunId,
  type TaskId,
  type WebhookId,
} from '@libs/kernel'
import { aMedia, aRun, aTask, type MemoryUnitOfWork, succeedTask } from '@libs/testing'
import { defaultEventConfig, type GrowingFiles, type NewTemplate, type Webhook } from '@libs/workflow'
import { pictureDefaults, pictureKindNames, type TemplateName } from '@libs/tasks'
import { exampleIds } from '../src/openapi/example-ids'

const at = new Date(1_795_000_000_000)
const later = new Date('2099-01-01T00:00:00Z')
const picture = {
  widthPx: 0,
  heightPx: 0,
  resolutionAdaptive: true,
  format: 'jpg',
  fill: 'black',
  ...pictureDefaults,
} as const
const sampling = { by: 'percent', intervalPercent: 10 } as const
const px = (value: number) => ({ unit: 'px', value }) as const
const image = { key: 'watermarks/0/1.png', widthPx: 40, heightPx: 20 }
const mark = { type: 'image', image, width: px(40), height: px(0), transparencyPercent: 0, repeat: 'forever' } as const

/** In the order of their definitions. */
const templates: readonly NewTemplate<TemplateName>[] = [
  { template: 'snapshotByTimeOffset', name: 'posters', comment: '', settings: picture },
  { template: 'sampleSnapshot', name: 'every-ten', comment: '', settings: { ...picture, sampling } },
  { template: 'imageSprite', name: 'seek-bar', comment: '', settings: { ...picture, sampling, rows: 10, columns: 10 } },
  {
    template: 'watermark',
    name: 'logo',
    comment: '',
    settings: { origin: 'topLeft', x: px(0), y: px(0), mark },
  },
]

/** Stores what the examples of the document are about, under the ids that they name. */
export async function fillExampleWorld(unitOfWork: MemoryUnitOfWork, growing?: GrowingFiles): Promise<void> {
  const { stores } = unitOfWork
  for (const template of templates) await stores.templates.insert(mainSubApp, template, at)
  const times = { createdAt: at, updatedAt: at }
  const tasks = [{ kind: 'coverBySnapshot', definition: 10, request: { position: { unit: 's', value: 1 } } }] as const
  await stores.procedures.insert(mainSubApp, { name: 'previews', type: 'custom', comment: '', tasks, ...times })
  const queue = { name: 'nightly', comment: '', limit: 2, priority: 0, paused: true, ...times }
  await stores.queues.insert(mainSubApp, queue)
  await stores.subApps.insert({ name: 'shop', description: '' }, 1, at)
  const key = { secretId: exampleIds.secretId, secretKey: 's', subAppId: mainSubApp }
  await stores.accessKeys.save(key, at)
  await fillMedia(unitOfWork)
  await fillUploads(unitOfWork, growing)
  await fillEvents(unitOfWork)
}

/** A media, a run of it that waits, and one that has ended. */
async function fillMedia(unitOfWork: MemoryUnitOfWork): Promise<void> {
  const { stores } = unitOfWork
  const media = aMedia({ id: exampleIds.mediaId as MediaId, tags: ['trailer'] })
  await stores.media.insert(media)
  for (const kind of pictureKindNames) await succeedTask(unitOfWork, { media, kind })
  const waiting = aRun(media, { id: exampleIds.runId as RunId, userData: '{"order":7}' })
  const ended = aRun(media, { id: exampleIds.endedRunId as RunId, state: 'finished', startedAt: at, finishedAt: at })
  const fault = { code: 'media.noVideo', detail: 'There is no picture in it.' } as const
  const failed = aTask(ended, 'sampleSnapshot', {
    id: exampleIds.failedTaskId as TaskId,
    state: 'failed',
    fault,
    startedAt: at,
    finishedAt: at,
  })
  await unitOfWork.run(async ({ runs }) => {
    const tasks = pictureKindNames.map((kind, index) =>
      aTask(waiting, kind, { index, ...(index === 0 && { id: exampleIds.taskId as TaskId }) }),
    )
    await runs.insert(waiting, tasks, at)
    await runs.insert(ended, [failed], at)
  })
}

/** An upload that was announced, and one that grows. */
async function fillUploads({ stores }: MemoryUnitOfWork, growing?: GrowingFiles): Promise<void> {
  const upload = {
    token: exampleIds.uploadToken,
    subAppId: mainSubApp,
    media: { ...aMedia(), id: newMediaId(at.getTime()) },
    coverKey: 'covers/0/1.jpg',
    procedure: undefined,
    dialect: 'tencent-vod',
    createdAt: at,
    deadline: later,
    committedAs: undefined,
  }
  await stores.uploads.insert(upload)
  const facts = { sizeBytes: 1_000, metadata: '' }
  await stores.uploads.insert({ ...upload, token: exampleIds.growingUpload, createdAt: new Date(), growing: facts })
  await growing?.begin({ key: upload.media.sourceKey, ...facts })
}

const aWebhook: Webhook = {
  id: exampleIds.webhookId as WebhookId,
  subAppId: mainSubApp,
  url: 'https://example.com/records',
  types: ['mediaDeleted'],
  comment: '',
  secret: 's',
  createdAt: at,
  updatedAt: at,
}

/** An event that somebody has taken, and one that did not arrive. */
async function fillEvents({ stores, tables }: MemoryUnitOfWork): Promise<void> {
  await stores.webhooks.insert(aWebhook)
  const pulled = await insert('0'.repeat(32) as EventId, 'pull')
  await insert(exampleIds.deliveryId as EventId, 'push')
  tables.pulls.set(pulled, { handle: exampleIds.handle, visibleAt: later })

  async function insert(id: EventId, mode: 'pull' | 'push'): Promise<EventId> {
    const about = { subAppId: mainSubApp, dialect: 'rest', subjectId: newMediaId(at.getTime()), stateKey: id }
    const config = { ...defaultEventConfig, mode, url: 'https://example.com/hook' }
    await stores.events.insert([{ event: { ...about, id, body: '{}', createdAt: at }, config }])
    return id
  }
}
