import { mainSubApp, type SubAppId } from '@libs/kernel'
import { aMedia, aRun, aTask, MemoryUnitOfWork } from '@libs/testing'
import { WaitingRoom } from './waiting-room'

const at = new Date(1_795_000_000_000)
const other = 7 as SubAppId

it('lets no more tasks wait than a sub-application may have, whoever accepted them', async () => {
  const unitOfWork = new MemoryUnitOfWork()
  const media = aMedia()
  await unitOfWork.stores.media.insert(media)
  const clock = { atMs: at.getTime(), nowMs: () => clock.atMs }
  const room = new WaitingRoom(3, clock)
  const admit = (tasks: number, subAppId = mainSubApp) =>
    unitOfWork.subAppWork.run(subAppId, (stores) => room.admit(stores, subAppId, tasks))
  const busy = { code: 'subApp.busy', retry: true }

  await admit(2)
  await expect(admit(2)).rejects.toMatchObject(busy)
  await admit(1)
  await expect(admit(1)).rejects.toMatchObject(busy)
  await admit(3, other)

  // None of these were stored after all; others were, by another process.
  clock.atMs += 1_000
  const run = aRun(media)
  const tasks = (['coverBySnapshot', 'sampleSnapshot'] as const).map((kind) => aTask(run, kind))
  await unitOfWork.stores.runs.insert(run, tasks, at)
  await expect(admit(2)).rejects.toMatchObject(busy)
  await admit(1)
})

it('has no end where none was set', async () => {
  const unitOfWork = new MemoryUnitOfWork()
  const room = new WaitingRoom(0, { nowMs: () => 0 })
  await room.admit(unitOfWork.stores, mainSubApp, 1_000_000)
})
