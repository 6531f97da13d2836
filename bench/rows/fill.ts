import { anOutput } from '@libs/testing'
import type { Client } from 'pg'

/** The first of the media that are made up. */
const firstId = 7_500_000_000_000_000_000n

/** The FileId of the media that was made up with a number. */
export function fileIdOf(number: number): string {
  return (firstId + BigInt(number)).toString()
}

/** Rows are copies of one that is there, an eighth of a second apart, so that all are of the last days. */
const copyOf = (table: string, from: string, changes: string) => `
  insert into ${table}
  select (jsonb_populate_record(one, jsonb_build_object(${changes}, 'created_at', now() - number * interval '125 ms'))).*
  from ${table} as one, generate_series($2::integer, $3::integer) as number where one.id = ${from}`

const lotRows = 50_000

/**
 * Makes media up, each with a run of one task that has made pictures, until there are so many.
 * @param from how many there are already
 */
export async function fill(database: Client, mediaId: string, from: number, to: number): Promise<void> {
  const run = `(select id from run where media_id = $1 and type = 'process' order by id limit 1)`
  const task = `(select id from task where run_id = ${run} order by id limit 1)`
  const media = `'id', (${firstId} + number)::text`
  const ended = `'finished_at', now() - number * interval '125 ms'`
  await database.query(`update run set state = 'finished', finished_at = now() where id = ${run}`, [mediaId])
  await database.query(`update task set state = 'succeeded', output = $2, finished_at = now() where id = ${task}`, [
    mediaId,
    JSON.stringify(anOutput.snapshotByTimeOffset),
  ])
  const ofMedia = `'media_id', (${firstId} + number)::text`
  for (let first = from; first < to; first += lotRows) {
    const lot = [mediaId, first, Math.min(first + lotRows, to) - 1]
    await database.query(copyOf('media', '$1', media), lot)
    await database.query(copyOf('run', run, `'id', md5('run' || number), ${ofMedia}, ${ended}`), lot)
    const ids = `'id', md5('task' || number), 'run_id', md5('run' || number), ${ofMedia}, ${ended}`
    await database.query(
      copyOf('task', task, ids).replace(`, 'created_at', now() - number * interval '125 ms'`, ''),
      lot,
    )
  }
  await database.query('analyze')
}
