import { acceptRun, aMedia, claimDue, MemoryUnitOfWork } from '@libs/testing'
import { MeasureBacklog } from '@libs/workflow'
import { conductorMetrics } from './conductor-metrics'

const at = new Date(1_795_000_000_000)

it('tells what waits and for how long, and nothing of it while the database is away', async () => {
  const unitOfWork = new MemoryUnitOfWork()
  const media = aMedia()
  await unitOfWork.stores.media.insert(media)
  await acceptRun(unitOfWork, { media, of: {}, kinds: ['imageSprites'], due: at })
  await claimDue(unitOfWork, 10, at)
  const kinds = ['imageSprites', 'coverBySnapshot', 'coverBySnapshot'] as const
  await acceptRun(unitOfWork, { media, of: {}, kinds, due: new Date(at.getTime() + 2_000) })
  const metrics = conductorMetrics(new MeasureBacklog(unitOfWork, { nowMs: () => at.getTime() + 5_000 }))

  const lines = (await metrics()).split('\n')
  expect(lines).toContain('stillflow_tasks{kind="imageSprites",state="dispatched"} 1')
  expect(lines).toContain('stillflow_tasks{kind="coverBySnapshot",state="waiting"} 2')
  expect(lines).toContain('stillflow_tasks{kind="ingest",state="waiting"} 0')
  expect(lines).toContain('stillflow_task_age_seconds{kind="imageSprites",state="dispatched"} 5')
  expect(lines).toContain('stillflow_task_age_seconds{kind="imageSprites",state="waiting"} 3')
  expect(lines).toContain('stillflow_deliveries_due 0')

  jest.spyOn(unitOfWork.stores.runs, 'countOpen').mockRejectedValue(new Error('away'))
  const gauges = /^stillflow_(tasks|task_age_seconds|deliveries_due|delivery_age_seconds|disabled_endpoints)[ {].*/gm
  expect((await metrics()).match(gauges)).toBeNull()
})
