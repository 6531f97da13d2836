import type { TestProduct } from '../product/test-product'

/** What is in every table but the notes of requests that were let in and of a database that answers, as a sum each. */
export async function tableSums({ query }: TestProduct): Promise<unknown> {
  const tables = await query(
    `select tablename from pg_tables where schemaname = 'public' and tablename not in ('admitted', 'readiness_probe')
     order by 1`,
  )
  const names = tables.map(({ tablename }) => String(tablename))
  const sums = names.map(
    (name) => `select '${name}' as name, md5(string_agg(t::text, '' order by t::text)) from "${name}" t`,
  )
  return query(sums.join(' union all '))
}
