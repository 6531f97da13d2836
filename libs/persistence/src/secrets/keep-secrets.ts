import { SettingsError } from '@libs/kernel'
import type { DataSource } from 'typeorm'
import { createDataSource } from '../data-source'
import { type Keyring, placeOf, sealedPrefix } from './keyring'

/** Where secrets are: a column of a table, and the column that says whose a row is. An empty secret is none. */
const secretColumns = [
  { table: 'access_key', owner: 'secret_id', column: 'secret_key' },
  { table: 'event_config', owner: 'sub_app_id', column: 'sign_key' },
  { table: 'event_config', owner: 'sub_app_id', column: 'secret' },
  { table: 'webhook', owner: 'id', column: 'secret' },
] as const

type SecretColumn = (typeof secretColumns)[number]

const batchSize = 500

/**
 * Makes sure that every secret can be opened: all are sealed, with keys that are given.
 * @throws SettingsError naming the keys that are missing
 */
export async function checkSecrets(dataSource: DataSource, keyring: Keyring): Promise<void> {
  const all = secretColumns.map(({ table, column }) => `select ${column} as text from ${table} where ${column} <> ''`)
  const rows = await dataSource.query<{ keyId: string | null }[]>(
    `select distinct case when text like '${sealedPrefix}%' then split_part(text, ':', 3) end as "keyId"
     from (${all.join(' union all ')}) as secrets`,
  )
  const problems = rows.flatMap(({ keyId }) => {
    if (keyId === null) return ['MASTER_KEY: secrets in the database are not sealed yet; run migrate with it']
    return keyring.has(keyId) ? [] : [`MASTER_KEY: secrets in the database are sealed with another key, ${keyId}`]
  })
  if (problems.length > 0) throw new SettingsError(problems)
}

/**
 * Seals secrets in batches, beside processes that use them and have the same keys.
 * @param which those that are plain, as earlier versions kept them, or all that the first key has not sealed
 * @returns how many it sealed
 * @throws SettingsError when some are sealed with a key that is not given
 */
export async function sealSecrets(url: string, keyring: Keyring, which: 'plain' | 'all'): Promise<number> {
  const dataSource = createDataSource({ url, poolSize: 1 })
  await dataSource.initialize()
  try {
    let sealed = 0
    for (const column of secretColumns) sealed += await sealColumn(dataSource, column, keyring, which)
    await checkSecrets(dataSource, keyring)
    return sealed
  } finally {
    await dataSource.destroy()
  }
}

interface Secret {
  readonly owner: string
  readonly text: string
}

async function sealColumn(
  dataSource: DataSource,
  { table, owner, column }: SecretColumn,
  keyring: Keyring,
  which: 'plain' | 'all',
): Promise<number> {
  const done = which === 'plain' ? sealedPrefix : `${sealedPrefix}${keyring.sealingKeyId}:`
  let count = 0
  for (let last: string | undefined; ;) {
    const secrets = await dataSource.query<Secret[]>(
      `select ${owner}::text as owner, ${column} as text from ${table}
       where ${column} <> '' and not starts_with(${column}, $1) and ($2::text is null or ${owner}::text > $2)
       order by ${owner}::text limit ${batchSize}`,
      [done, last],
    )
    last = secrets.at(-1)?.owner
    if (last === undefined) return count
    const known = secrets.filter(({ text }) => !text.startsWith(sealedPrefix) || keyring.has(text.split(':')[2] ?? ''))
    const sealed = known.map(({ owner: of, text }) => {
      const place = placeOf(table, column, of)
      return keyring.seal(text.startsWith(sealedPrefix) ? keyring.open(text, place) : text, place)
    })
    // One that was changed meanwhile is sealed already.
    await dataSource.query(
      `update ${table} set ${column} = secret.sealed
       from unnest($1::text[], $2::text[], $3::text[]) as secret(owner, text, sealed)
       where ${owner}::text = secret.owner and ${column} = secret.text`,
      [known.map((secret) => secret.owner), known.map(({ text }) => text), sealed],
    )
    count += known.length
  }
}
