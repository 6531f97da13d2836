import type { TestProduct } from '../product/test-product'

/** Tables that change by themselves, when work goes on that was accepted before, and the one of signatures that were seen. */
const working = ['event', 'pull_event', 'delivery', 'removal', 'admitted', 'schema_migration', 'readiness_probe']

/** @returns what counts the rows of all tables that callers fill */
export async function rowCounter({ query }: TestProduct): Promise<() => Promise<unknown>> {
  const tables = await query("select tablename from pg_tables where schemaname = 'public'")
  const counts = tables
    .map(({ tablename }) => String(tablename))
    .filter((table) => !working.includes(table))
    .map((table) => `(select count(*) from ${table})`)
  const statement = `select ${counts.join(' + ')} as rows`
  return async () => (await query(statement))[0]?.['rows']
}
