import { acceptRun, anOutput, ExampleFileUrls, succeedTask } from '@libs/testing'
import type { OutputOf } from '@libs/tasks'
import { type OpenActions, openActions } from '../../../test/open-actions'
import { aliyunVod } from '../aliyun-vod.dialect'

/** Every URL is signed at another time. */
class AgeingUrls extends ExampleFileUrls {
  signed = 0

  override urlOf(key: string): string {
    this.signed += 1
    return super.urlOf(`~${this.signed}/${key}`)
  }
}

let open: OpenActions
let urls: AgeingUrls

beforeEach(async () => {
  urls = new AgeingUrls()
  open = await openActions(aliyunVod, { urls })
})

const list = (SnapshotType: string, page: Readonly<Record<string, string>> = {}) =>
  open.perform('ListSnapshots', { VideoId: open.media.id, SnapshotType, ...page })

const named = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    key: `artifacts/0/1/2/g1x1/${name}-${String(index + 1).padStart(5, '0')}.jpg`,
    sizeBytes: 1,
  }))

async function aSprite(seconds: number, files: Partial<OutputOf<'imageSprites'>>): Promise<string> {
  const finishedAt = new Date(1_795_000_000_000 + seconds * 1000)
  const output = { ...anOutput.imageSprites, ...files }
  const { run } = await succeedTask(open.unitOfWork, { media: open.media, kind: 'imageSprites', finishedAt, output })
  return run.id
}

it('ListSnapshots lists of each type the latest job that brought files of it', async () => {
  const [still] = anOutput.sampleSnapshot.stills
  const cells = named('origin', 2).map((artifact) => ({ ...still, artifact }) as NonNullable<typeof still>)
  const kept = await aSprite(1, { cells })
  const deleted = await aSprite(2, { sheets: named('sprite', 2) })
  expect(await list('SpriteOriginSnapshot')).toMatchObject({ MediaSnapshot: { JobId: kept, Total: 2 } })
  expect(await list('SpriteSnapshot')).toMatchObject({ MediaSnapshot: { JobId: deleted, Total: 2 } })
  const whole = await aSprite(3, { cells, sheets: [] })
  expect(await list('SpriteOriginSnapshot')).toMatchObject({ MediaSnapshot: { JobId: whole } })
  expect(await list('SpriteSnapshot')).toMatchObject({ MediaSnapshot: { JobId: deleted, Total: 2 } })
  expect(await list('WebVttSnapshot')).toMatchObject({ MediaSnapshot: { JobId: whole, Total: 1 } })
  expect(await list('NormalSnapshot')).toEqual({ MediaSnapshot: { Total: 0, Snapshots: { Snapshot: [] } } })
})

it('ListSnapshots lists the job that succeeded, whichever failed or began after it', async () => {
  const made = await aSprite(1, { sheets: named('sprite', 2) })
  const { unitOfWork, media } = open
  const at = new Date(1_795_000_009_000)
  const kinds = ['imageSprites'] as const
  const { run, tasks } = await acceptRun(unitOfWork, { media, of: { createdAt: at }, kinds, due: at })
  const fault = { code: 'media.malformed', detail: 'It cannot be decoded.' } as const
  await unitOfWork.run(async ({ runs }) => {
    await runs.failTasks(
      tasks.map((task) => ({ task, fault })),
      at,
    )
    await runs.finishEnded([run.id], at)
  })
  await acceptRun(unitOfWork, { media, of: { createdAt: at }, kinds, due: at })
  expect(await open.perform('GetJobDetail', { JobId: run.id, JobType: 'snapshot' })).toMatchObject({
    SnapshotJobDetail: { Status: 'Fail' },
  })
  expect(await list('SpriteSnapshot')).toMatchObject({ MediaSnapshot: { JobId: made, Total: 2 } })
})

it('ListSnapshots tells the rule of names whatever signs them, and signs no more than it tells', async () => {
  await aSprite(1, { sheets: named('sprite', 9) })
  expect(await list('SpriteSnapshot', { PageNo: '2', PageSize: '2' })).toMatchObject({
    MediaSnapshot: {
      Regular: 'http://files.example.com/~1/artifacts/0/1/2/g1x1/sprite-{SnapshotCount}.jpg',
      Total: 9,
      Snapshots: { Snapshot: [{ Index: 3 }, { Index: 4 }] },
    },
  })
  expect(urls.signed).toBe(3)
})
