import { mainSubApp, SystemClock } from '@libs/kernel'
import { ManageAccessKeys } from '@libs/workflow'
import { type OpenDatabase, openDatabase } from './open-database'

const rounds = 20

describe('two revocations at once', () => {
  let database: OpenDatabase

  beforeAll(async () => {
    database = await openDatabase(4)
  })

  afterAll(async () => {
    await database.close()
  })

  it('leave the main application its last key', async () => {
    const manage = new ManageAccessKeys(database.subAppWork, new SystemClock())
    await manage.create(mainSubApp)
    for (let round = 0; round < rounds; round += 1) {
      await manage.create(mainSubApp)
      const keys = await manage.list(mainSubApp)
      expect(keys).toHaveLength(2)
      const outcomes = await Promise.allSettled(keys.map(({ secretId }) => manage.revoke(mainSubApp, secretId)))
      expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
        { reason: { code: 'accessKey.last' } },
      ])
      expect(await manage.list(mainSubApp)).toHaveLength(1)
    }
  })
})
