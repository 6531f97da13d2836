import type { SubAppId } from '@libs/kernel'
import { acceptRun, aMedia, claimDue } from '@libs/testing'
import { lastTurn } from '@libs/workflow'
import { type OpenDatabase, openDatabase } from './open-database'

const at = new Date(1_795_000_000_000)
const [crowd, single] = [1 as SubAppId, 2 as SubAppId]

/** Turns as only other releases, or years, leave them. */
describe('turns', () => {
  let database: OpenDatabase

  beforeAll(async () => {
    database = await openDatabase(2)
  })

  afterEach(async () => {
    await database.dataSource.query('truncate media cascade')
  })

  afterAll(() => database.close())

  const accept = (subAppId: SubAppId) =>
    acceptRun(database.unitOfWork, { media: aMedia(), of: { subAppId }, kinds: ['coverBySnapshot'], due: at })
  const turnsOf = async (depth: number) =>
    (await claimDue(database.unitOfWork, depth, at)).tasks.map(({ turn }) => turn)
  const setTurns = (turn: number | null) => database.dataSource.query('update task set turn = $1', [turn])

  it('end where the queue can count no further, and nobody is passed there', async () => {
    for (let n = 0; n < 5; n += 1) await accept(crowd)
    await turnsOf(3)
    await setTurns(lastTurn)
    await accept(single)
    expect(await turnsOf(4)).toEqual([lastTurn])
    expect(await turnsOf(5)).toEqual([lastTurn])
  })

  it('begin anew behind tasks that were sent without one', async () => {
    for (let n = 0; n < 5; n += 1) await accept(crowd)
    await turnsOf(3)
    await setTurns(null)
    await accept(single)
    expect(await turnsOf(4)).toEqual([1])
    expect(await turnsOf(6)).toEqual([1, 2])
  })
})
