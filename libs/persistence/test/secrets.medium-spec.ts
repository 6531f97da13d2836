import { mainSubApp, newEventId, newMediaId, newWebhookId, type SubAppId } from '@libs/kernel'
import { defaultEventConfig } from '@libs/workflow'
import { randomBytes } from 'node:crypto'
import { PostgresUnitOfWork } from '../src/postgres-unit-of-work'
import { checkSecrets, sealSecrets } from '../src/secrets/keep-secrets'
import { Keyring } from '../src/secrets/keyring'
import { type OpenDatabase, openDatabase } from './open-database'

const at = new Date(1_795_000_000_000)
const config = {
  ...defaultEventConfig,
  url: 'https://a.example/hook',
  mode: 'push',
  signKey: 'sign',
  secret: 's',
} as const
const facts = { url: 'https://a.example/other', types: [], comment: '', secret: 'whsec_s' }
const webhook = { ...facts, id: newWebhookId(1), subAppId: mainSubApp, createdAt: at, updatedAt: at }
const aKey = (secretId: string) => ({ secretId, secretKey: `secret of ${secretId}`, subAppId: mainSubApp })

describe('secrets in the database', () => {
  let database: OpenDatabase

  beforeAll(async () => {
    database = await openDatabase(4)
  })

  afterEach(async () => {
    await database.dataSource.query('truncate access_key, event_config, event, webhook cascade')
  })

  afterAll(async () => {
    await database.close()
  })

  /** Every text column of every row that holds secrets. */
  async function kept(): Promise<readonly string[]> {
    const rows = await database.dataSource.query<{ text: string }[]>(
      `select secret_key as text from access_key union all
       select sign_key from event_config union all select secret from event_config union all
       select secret from webhook`,
    )
    return rows.map(({ text }) => text)
  }

  /** As an earlier version kept them. */
  async function keepPlain(count: number): Promise<void> {
    await database.dataSource.query(
      `insert into access_key (secret_id, secret_key, sub_app_id, created_at)
       select 'k' || n, 'secret of k' || n, 0, now() from generate_series(1, $1) as n`,
      [count],
    )
    await database.dataSource.query(
      `insert into event_config (sub_app_id, mode, url, tells_uploads, tells_deletions, tells_persistence, sign_key, secret)
       values (0, 'push', 'https://a.example/hook', false, false, false, 'sign', 's'), (1, 'pull', '', false, false, false, '', '')`,
    )
  }

  it('are sealed wherever they are stored, and open where they are used', async () => {
    const { accessKeys, events, deliveries, webhooks } = database.unitOfWork.stores
    await accessKeys.save(aKey('a'), at)
    await events.saveConfig(mainSubApp, config)
    await events.saveConfig(7 as SubAppId, defaultEventConfig)
    await webhooks.insert(webhook)
    expect(await webhooks.list(mainSubApp)).toEqual([webhook])
    expect((await kept()).filter((text) => !text.startsWith('sealed:1:'))).toEqual(['', ''])
    expect(await accessKeys.find('a')).toEqual(aKey('a'))
    expect(await events.findConfig(mainSubApp)).toEqual(config)
    expect(await events.findConfig(7 as SubAppId)).toEqual(defaultEventConfig)
    const about = { subAppId: mainSubApp, dialect: 'd', subjectId: newMediaId(1), stateKey: 'finish' }
    await events.insert([{ event: { ...about, id: newEventId(1), body: '{}', createdAt: at }, config }])
    const limits = { limit: 1, mostPerEndpoint: 1, failuresToOpen: 5 }
    expect(await deliveries.claim(limits, at, 1_000)).toEqual([
      expect.objectContaining({ signKey: 'sign', secret: 's' }),
    ])
  })

  it('are worth nothing in another row, and cannot be replaced by plain ones', async () => {
    const { accessKeys, events } = database.unitOfWork.stores
    for (const id of ['a', 'b']) await accessKeys.save(aKey(id), at)
    await database.dataSource.query(
      `update access_key set secret_key = (select secret_key from access_key where secret_id = 'a')`,
    )
    expect(await accessKeys.find('a')).toEqual(aKey('a'))
    await expect(accessKeys.find('b')).rejects.toThrow(/not sealed for it/)
    for (const plain of ['mine', '']) {
      await database.dataSource.query(`update access_key set secret_key = $1 where secret_id = 'a'`, [plain])
      await expect(accessKeys.find('a')).rejects.toThrow(/is not sealed/)
    }
    await events.saveConfig(mainSubApp, config)
    await database.dataSource.query('update event_config set secret = sign_key')
    await expect(events.findConfig(mainSubApp)).rejects.toThrow(/not sealed for it/)
  })

  it('that an earlier version kept plain are sealed once', async () => {
    await keepPlain(3)
    await expect(checkSecrets(database.dataSource, database.keyring)).rejects.toThrow(/not sealed yet; run migrate/)
    expect(await sealSecrets(database.url, database.keyring, 'plain')).toBe(5)
    expect(await sealSecrets(database.url, database.keyring, 'plain')).toBe(0)
    await checkSecrets(database.dataSource, database.keyring)
    const { accessKeys, events } = database.unitOfWork.stores
    expect(await accessKeys.find('k2')).toEqual(aKey('k2'))
    expect(await events.findConfig(mainSubApp)).toEqual(config)
    expect((await events.findConfig(1 as SubAppId))?.secret).toBe('')
  })

  it('are sealed with a new key while they are used and changed', async () => {
    const count = 1_200
    await keepPlain(count)
    const [older, newer] = [randomBytes(32), randomBytes(32)]
    await sealSecrets(database.url, new Keyring([older]), 'plain')
    const users = [new Keyring([older, newer]), new Keyring([newer, older])].map(
      (keyring) => new PostgresUnitOfWork(database.dataSource, keyring).stores.accessKeys,
    )
    let isOver = false
    const use = async (): Promise<number> => {
      let uses = 0
      for (; !isOver; uses += 1) {
        const id = `k${1 + (uses % count)}`
        for (const user of users) expect(await user.find(id)).toEqual(aKey(id))
        if (uses % 7 === 0) await users[1]?.save(aKey(id), at)
      }
      return uses
    }
    const using = use()
    const sealed = await sealSecrets(database.url, new Keyring([newer, older]), 'all')
    isOver = true
    expect(await using).toBeGreaterThan(0)
    expect(sealed).toBeGreaterThan(count / 2)
    await checkSecrets(database.dataSource, new Keyring([newer]))
    await expect(checkSecrets(database.dataSource, new Keyring([older]))).rejects.toThrow(/sealed with another key/)
  })

  it('stay as they are when the master key is another one', async () => {
    await database.unitOfWork.stores.accessKeys.save(aKey('a'), at)
    const before = await kept()
    const other = new Keyring([randomBytes(32)])
    await expect(sealSecrets(database.url, other, 'all')).rejects.toThrow(
      `MASTER_KEY: secrets in the database are sealed with another key, ${database.keyring.sealingKeyId}`,
    )
    expect(await kept()).toEqual(before)
  })
})
