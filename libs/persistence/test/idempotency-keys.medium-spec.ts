import type { AppError } from '@libs/kernel'
import { mainSubApp, SystemClock } from '@libs/kernel'
import { pictureDefaults } from '@libs/tasks'
import { CreateTemplate } from '@libs/workflow'
import { type OpenDatabase, openDatabase } from './open-database'

const rounds = 20
const picture = { widthPx: 0, heightPx: 0, resolutionAdaptive: true, format: 'jpg', fill: 'black' } as const
const template = {
  ...({ template: 'snapshotByTimeOffset', name: '', comment: '' } as const),
  settings: { ...picture, ...pictureDefaults },
}
const keyOf = (key: string, digest = 'd') => ({ secretId: 'id', key, digest })
const at = new Date(1_795_000_000_000)

describe('an idempotency key in PostgreSQL', () => {
  let database: OpenDatabase

  beforeAll(async () => {
    database = await openDatabase(8, 'caller')
  })

  afterAll(() => database.close())

  it('is taken by one of several at once, and the others are told what came of it', async () => {
    const create = new CreateTemplate(database.subAppWork, new SystemClock())
    const made = new Set<number>()
    for (let round = 0; round < rounds; round += 1) {
      const key = keyOf(`round ${round % 10}`, `of ${Math.floor(round / 10)}`)
      const calls = Array.from({ length: 6 }, () => create.execute(mainSubApp, template, { key: key }))
      const outcomes = await Promise.allSettled(calls)
      const told = outcomes.map((outcome) =>
        outcome.status === 'fulfilled' ? outcome.value : (outcome.reason as AppError).code,
      )
      expect(new Set(told).size).toBe(1)
      if (round < 10) made.add(Number(told[0]))
      else expect(told[0]).toBe('request.keyReused')
    }
    expect(made.size).toBe(10)
    const { templates } = database.unitOfWork.stores
    expect(await templates.list(mainSubApp, { template: template.template, definitions: undefined })).toHaveLength(10)
  })

  it('is not waited for without a limit', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    let taken: () => void = () => undefined
    const isTaken = new Promise<void>((resolve) => (taken = resolve))
    const first = database.subAppWork.run(mainSubApp, async ({ idempotencyKeys }) => {
      await idempotencyKeys.claim(mainSubApp, keyOf('held'), at, at)
      taken()
      await held
    })
    await isTaken
    const claim = () =>
      database.subAppWork.run(mainSubApp, ({ idempotencyKeys }) =>
        idempotencyKeys.claim(mainSubApp, keyOf('held'), at, at),
      )
    await expect(claim()).rejects.toMatchObject({ code: 'request.underWay', retry: true })
    release()
    await first
    expect(await claim()).toMatchObject({ digest: 'd' })
  })
})
