import { newMediaId, type SubAppId } from '@libs/kernel'
import { acceptRun, aMedia } from '@libs/testing'
import { type OpenActions, openActions } from '../../../test/open-actions'
import { aliyunVod } from '../aliyun-vod.dialect'

let open: OpenActions

beforeEach(async () => {
  open = await openActions(aliyunVod)
})

const list = (MediaId: string) => open.perform('ListJobInfo', { MediaId, JobType: 'snapshot' })

it('ListJobInfo lists jobs that make pictures, and no pulls', async () => {
  const { unitOfWork, media } = open
  const due = 'after ingest'
  const { run } = await acceptRun(unitOfWork, { media, of: {}, kinds: ['sampleSnapshot'], due })
  await acceptRun(unitOfWork, { media, of: { type: 'pull' }, kinds: ['ingest'], due })
  expect(await list(media.id)).toMatchObject({ MediaId: media.id, JobInfoList: [{ JobId: run.id }] })
})

it('ListJobInfo knows no media of nobody or of others', async () => {
  const foreign = aMedia({ subAppId: 7 as SubAppId })
  await open.unitOfWork.stores.media.insert(foreign)
  for (const id of [newMediaId(Date.now()), foreign.id, 'none']) {
    await expect(list(id)).rejects.toMatchObject({ code: 'media.notFound' })
  }
})
