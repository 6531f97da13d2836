import type { SubAppId } from '@libs/kernel'
import type { ClaimedTask, Run, SucceededTask, UnitOfWork } from '@libs/workflow'
import { acceptRun, claimDue } from '../builders/accept-run'
import { aMedia } from '../builders/media'
import { anOutput } from '../builders/output'

const at = new Date(1_795_000_000_000)
const later = (ms: number) => new Date(at.getTime() + ms)

/** How every store of runs lets sub-applications take turns at the queue; `open` gives an empty one. */
export function runTurnsContract(open: () => Promise<UnitOfWork>): void {
  let unitOfWork: UnitOfWork

  beforeEach(async () => {
    unitOfWork = await open()
  })

  const accept = (of: Partial<Run>, due = at) =>
    acceptRun(unitOfWork, { media: aMedia(), of, kinds: ['coverBySnapshot'], due })
  const claimAll = (depth: number) => claimDue(unitOfWork, depth, at)
  const claim = async (depth: number) => (await claimAll(depth)).tasks
  const succeed = (ended: readonly ClaimedTask[]) => {
    const succeeded = ended.map(({ task }) => ({ ...task, output: anOutput[task.kind] }) as SucceededTask)
    return unitOfWork.run(({ runs }) => runs.succeedTasks(succeeded, at))
  }

  it('takes turns over sub-applications', async () => {
    const first = 1 as SubAppId
    for (let n = 0; n < 4; n += 1) await accept({ subAppId: first, priority: 10 })
    await accept({ subAppId: 2 as SubAppId, priority: -10 })
    const claimed = await claim(2)
    expect(claimed.map(({ run }) => run.subAppId).sort()).toEqual([1, 2])
  })

  it('gives the only place to a sub-application that has fewer tasks at the queue, whatever their age and priority', async () => {
    const [crowd, single] = [1 as SubAppId, 2 as SubAppId]
    for (let n = 0; n < 3; n += 1) await accept({ subAppId: crowd, priority: 10 }, later(-5_000))
    await claim(1)
    await accept({ subAppId: single, priority: -10 })
    expect((await claim(2)).map(({ run }) => run.subAppId)).toEqual([single])
  })

  it('needs no place for the first of a sub-application, whose turn is before what others have sent ahead', async () => {
    const turnsOf = (tasks: readonly ClaimedTask[]) => tasks.map(({ run, turn }) => `${run.subAppId}: ${turn}`).sort()
    const [crowd, single, third] = [1 as SubAppId, 2 as SubAppId, 3 as SubAppId]
    for (let n = 0; n < 9; n += 1) await accept({ subAppId: crowd })
    const sent = await claim(3)
    expect(turnsOf(sent)).toEqual(['1: 1', '1: 2', '1: 3'])
    for (let n = 0; n < 2; n += 1) await accept({ subAppId: single })
    const passing = await claim(3)
    expect(turnsOf(passing)).toEqual(['2: 1'])
    expect(await claim(3)).toEqual([])
    // What was passed is not passed for ever: the turn at hand goes on.
    await succeed([...sent.slice(0, 2), ...passing])
    await accept({ subAppId: third })
    expect(turnsOf([...(await claim(1)), ...(await claim(1))])).toEqual(['2: 3', '3: 3'])
    expect(turnsOf(await claim(5))).toEqual(['1: 4', '1: 5'])
  })

  it('lets as many of them past at a time as the queue is deep, and says that there are more', async () => {
    for (let id = 1; id <= 5; id += 1) await accept({ subAppId: id as SubAppId })
    expect(await claimAll(0)).toEqual({ tasks: [], more: true })
    const rounds = [await claimAll(2), await claimAll(2), await claimAll(2)]
    expect(rounds.map(({ tasks, more }) => `${tasks.length} ${more}`)).toEqual(['2 true', '2 true', '1 false'])
    expect(rounds.flatMap(({ tasks }) => tasks.map(({ turn }) => turn))).toEqual([1, 1, 1, 1, 1])
  })

  it('says that there is more of a sub-application whose first has passed', async () => {
    for (let n = 0; n < 2; n += 1) await accept({ subAppId: 1 as SubAppId })
    expect(await claimAll(2)).toMatchObject({ tasks: { length: 2 }, more: false })
    for (let n = 0; n < 3; n += 1) await accept({ subAppId: 2 as SubAppId })
    expect(await claimAll(2)).toMatchObject({ tasks: { length: 1 }, more: true })
    expect(await claimAll(2)).toEqual({ tasks: [], more: true })
    expect(await claimAll(5)).toMatchObject({ tasks: { length: 2 }, more: false })
  })

  it('lets the first of a sub-application go before what others have in the same turn', async () => {
    const [crowd, single] = [1 as SubAppId, 99 as SubAppId]
    const others = Array.from({ length: 20 }, (_, n) => (10 + n) as SubAppId)
    for (const subAppId of others) await accept({ subAppId })
    await claim(others.length)
    for (let n = 0; n < 3; n += 1) await accept({ subAppId: crowd })
    // The turn at hand is the third now, which the others' next tasks have too.
    await succeed((await claim(others.length + 3)).filter(({ turn }) => turn < 3))
    for (const subAppId of others) await accept({ subAppId })
    await accept({ subAppId: single })
    expect((await claim(1)).map(({ run }) => run.subAppId)).toEqual([single])
  })
}
