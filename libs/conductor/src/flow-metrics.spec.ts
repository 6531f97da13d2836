import {
  acceptRun,
  aMedia,
  anOutput,
  claimDue,
  MemoryUnitOfWork,
  NotingDispatcher,
  SilentDoorbell,
} from '@libs/testing'
import { AbortRun, type Outcome, SettleAborts, SettleTasks } from '@libs/workflow'
import { mainSubApp, newEventId, newTaskId } from '@libs/kernel'
import { register } from 'prom-client'
import { countDelivered, countSettled } from './flow-metrics'

const at = new Date(1_795_000_000_000)
const clock = { nowMs: () => at.getTime() + 20_000 }
const renderer = { render: () => '', sign: () => ({ body: '', headers: {} }) }

async function linesOf(name: string): Promise<readonly string[]> {
  const lines = (await register.getSingleMetricAsString(name)).split('\n')
  return lines.filter((line) => line.startsWith(name) && !line.includes('_bucket'))
}

it('tasks are counted by what they came to and who is to blame, runs by how long they took', async () => {
  const unitOfWork = new MemoryUnitOfWork()
  const settleTasks = new SettleTasks(unitOfWork, clock, renderer, new SilentDoorbell())
  const settleAborts = new SettleAborts(unitOfWork, clock, new NotingDispatcher(), renderer, new SilentDoorbell())
  for (const settling of [settleTasks, settleAborts]) settling.watch(countSettled)
  const media = aMedia()
  await unitOfWork.stores.media.insert(media)
  const kinds = ['imageSprites', 'coverBySnapshot', 'sampleSnapshot', 'sampleSnapshot'] as const
  const { run } = await acceptRun(unitOfWork, { media, of: { createdAt: at }, kinds, due: at })
  const { tasks } = await claimDue(unitOfWork, 10, at)
  const settle = (kind: string, outcome: Outcome) => {
    const taskId = tasks.find(({ task }) => task.kind === kind)?.task.id ?? newTaskId(1)
    return settleTasks.execute([{ taskId, generation: 1, outcome }])
  }
  await settle('imageSprites', { status: 'succeeded', output: anOutput.imageSprites })
  await settle('imageSprites', { status: 'succeeded', output: anOutput.imageSprites })
  await settle('coverBySnapshot', { status: 'failed', fault: { code: 'media.malformed', detail: '' } })
  await settle('sampleSnapshot', { status: 'failed', fault: { code: 'storage.failed', detail: '' } })
  await new AbortRun(unitOfWork.subAppWork, clock, new SilentDoorbell()).execute(mainSubApp, run.id)
  await settleAborts.execute()

  const labels = (kind: string, outcome: string, code: string, blame: string) =>
    `stillflow_task_outcomes_total{kind="${kind}",outcome="${outcome}",code="${code}",blame="${blame}"}`
  expect(await linesOf('stillflow_task_outcomes_total')).toEqual([
    `${labels('imageSprites', 'succeeded', 'none', 'none')} 1`,
    `${labels('coverBySnapshot', 'failed', 'media.malformed', 'media')} 1`,
    `${labels('sampleSnapshot', 'postponed', 'storage.failed', 'us')} 1`,
    `${labels('sampleSnapshot', 'failed', 'task.aborted', 'us')} 2`,
  ])
  expect(await linesOf('stillflow_run_seconds')).toEqual([
    'stillflow_run_seconds_sum{type="process"} 20',
    'stillflow_run_seconds_count{type="process"} 1',
  ])
})

it('deliveries are counted by how long their events waited', async () => {
  countDelivered({ eventId: newEventId(at.getTime() - 1_500) }, at)
  expect(await linesOf('stillflow_delivery_seconds')).toEqual([
    'stillflow_delivery_seconds_sum 1.5',
    'stillflow_delivery_seconds_count 1',
  ])
})
