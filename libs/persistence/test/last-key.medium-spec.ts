import { mainSubApp, SystemClock } from '@libs/kernel'
import { ManageAccessKeys } from '@libs/workflow'
import { type OpenDatabase, openDatabase } from './open-database'

const rounds = 20

describe('the last key of the main application', () => {
  let database: OpenDatabase

  beforeAll(async () => {
    database = await openDatabase(4)
  })

  afterAll(async () => {
    await database.close()
  })

  it('stays when two are revoked at once', async () => {
    const manage = new ManageAccessKeys(database.subAppWork, new SystemClock())
    await manage.create({}, mainSubApp)
    for (let round = 0; round < rounds; round += 1) {
      await manage.create({}, mainSubApp)
      const keys = await manage.list(mainSubApp)
      expect(keys).toHaveLength(2)
      const outcomes = await Promise.allSettled(keys.map(({ secretId }) => manage.revoke(mainSubApp, secretId)))
      expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
        { reason: { code: 'accessKey.last' } },
      ])
      expect(await manage.list(mainSubApp)).toHaveLength(1)
    }
  })

  it('is the last one that can make others', async () => {
    const manage = new ManageAccessKeys(database.subAppWork, new SystemClock())
    const earlier = await manage.list(mainSubApp)
    await manage.create({}, mainSubApp, ['read'])
    const { secretId } = await manage.create({}, mainSubApp, ['read', 'admin'])
    for (const key of earlier) await manage.revoke(mainSubApp, key.secretId)
    await expect(manage.revoke(mainSubApp, secretId)).rejects.toMatchObject({ code: 'accessKey.last' })
    await manage.create({}, mainSubApp)
    await manage.revoke(mainSubApp, secretId)
    expect(await manage.list(mainSubApp)).toHaveLength(2)
  })
})
