import { mainSubApp, newEventId, newMediaId } from '@libs/kernel'
import { defaultEventConfig } from '@libs/workflow'
import { type OpenDatabase, openDatabase } from './open-database'

const startMs = 1_795_000_000_000
const visibilityMs = 30_000
const eventCount = 1_000
const pullers = 8
const atATime = 16

describe('pullers that race for the same events', () => {
  let database: OpenDatabase

  beforeAll(async () => {
    database = await openDatabase(pullers)
  })

  afterAll(async () => {
    await database.close()
  })

  it('confirm every event once, although they forget and are late', async () => {
    const { events } = database.unitOfWork.stores
    const entries = Array.from({ length: eventCount }, (_, index) => {
      const about = { subAppId: mainSubApp, dialect: '', subjectId: newMediaId(startMs), stateKey: String(index) }
      const event = { ...about, id: newEventId(startMs), body: String(index), createdAt: new Date(startMs) }
      return { event, config: defaultEventConfig }
    })
    await events.insert(entries)

    const confirmed: string[] = []
    const late: string[] = []
    /** One turn of a puller: a third confirms, a third forgets, a third confirms when its handles have expired. */
    const turn = async (round: number, puller: number): Promise<readonly string[]> => {
      const nowMs = startMs + round * visibilityMs
      const [at, visibleAt] = [new Date(nowMs), new Date(nowMs + visibilityMs)]
      const pulled = await events.pull(mainSubApp, atATime, at, visibleAt)
      const handles = pulled.map(({ handle }) => handle)
      const habit = (round + puller) % 3
      if (habit === 1) late.push(...(await events.confirm(mainSubApp, handles, visibleAt)))
      if (habit === 0) {
        const known = await events.confirm(mainSubApp, handles, new Date(visibleAt.getTime() - 1))
        confirmed.push(...pulled.filter(({ handle }) => known.includes(handle)).map(({ body }) => body))
      }
      return pulled.map(({ body }) => body)
    }

    for (let round = 0; (await events.countToPull(mainSubApp)) > 0; round += 1) {
      const turns = await Promise.all(Array.from({ length: pullers }, (_, puller) => turn(round, puller)))
      const seen = turns.flat()
      expect(new Set(seen).size).toBe(seen.length)
    }
    expect(late).toEqual([])
    expect(confirmed.map(Number).sort((a, b) => a - b)).toEqual(entries.map((_, index) => index))
  })
})
