import { z } from 'zod'
import { type OpenActions, openActions } from '../../../test/open-actions'
import { aliyunVod } from '../aliyun-vod.dialect'

const SnapshotConfig = { FrameType: 'normal', Count: '2', Interval: '4', SpecifiedOffsetTime: '3000' }
const config = JSON.stringify({ SnapshotType: 'NormalSnapshot', SnapshotConfig })
const added = z.object({ VodTemplateId: z.string() })

let open: OpenActions

beforeEach(async () => {
  open = await openActions(aliyunVod)
})

async function templateOf(Name: string): Promise<string> {
  const asked = { Name, TemplateType: 'Snapshot', TemplateConfig: config }
  return added.parse(await open.perform('AddVodTemplate', asked)).VodTemplateId
}

it('a job of a template does not look at what else it is told to make', async () => {
  const asked = {
    ...{ VideoId: open.media.id, SnapshotTemplateId: await templateOf('t'), UserData: 'mine' },
    ...{ Count: 'x', Interval: '-1', Width: '1', SpriteSnapshotConfig: '{', SpecifiedOffsetTimes: '[' },
  }
  await open.perform('SubmitSnapshotJob', asked)
  const [{ task } = {}] = [...open.unitOfWork.tables.tasks.values()]
  expect(task).toMatchObject({ settings: { sampling: { count: 2, startMs: 3_000, intervalMs: 4_000 } } })
  expect([...open.unitOfWork.tables.runs.values()]).toMatchObject([{ sessionContext: 'mine' }])
  await expect(open.perform('SubmitSnapshotJob', { ...asked, SnapshotTemplateId: '' })).rejects.toMatchObject({
    code: 'request.invalidValue',
  })
})

it('there is room for a hundred templates and more, and all are listed', async () => {
  for (let count = 0; count < 120; count += 1) await templateOf(`template ${count}`)
  const { VodTemplateInfoList } = z
    .object({ VodTemplateInfoList: z.array(z.unknown()) })
    .parse(await open.perform('ListVodTemplate', { TemplateType: 'Snapshot' }))
  expect(VodTemplateInfoList).toHaveLength(120)
})
