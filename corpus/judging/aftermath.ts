import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lab } from '../lab'
import type { WatchedProcesses } from '../product/watched-processes'

const mostRssBytes = 1.2e9
const mostDetailCharacters = 4096

/** What the product looks like after all that was done to it. @returns every rule that is broken, in words */
export async function judgeAftermath(lab: Lab, processes: WatchedProcesses): Promise<readonly string[]> {
  const broken: string[] = []
  const expect = (holds: boolean, complaint: string): void => {
    if (!holds) broken.push(complaint)
  }
  const dead = processes.replaced()
  expect(dead.length === 0, `died: ${dead.join(', ')}`)
  for (const [app, bytes] of processes.peaks) {
    expect(bytes < mostRssBytes, `${app} and its tools held ${Math.round(bytes / 1e6)} MB`)
  }
  const tools = processes.tools()
  expect(tools.length === 0, `processes were left: ${tools.join(' | ')}`)
  for (const runId of lab.runs) {
    const count = lab.receiver.countOf(runId)
    expect(count === 1, `run ${runId} had ${count} terminal events`)
  }
  const scratch = await filesBelow(lab.product.workDir)
  expect(scratch.length === 0, `scratch files were left: ${scratch.slice(0, 5).join(', ')}`)
  const unfinished = await filesBelow(join(lab.product.storeDir, '.incoming'))
  expect(unfinished.length === 0, `half-written files were left: ${unfinished.length}`)
  const strays = await straysOf(lab)
  expect(strays.length === 0, `files that nothing refers to: ${strays.slice(0, 5).join(', ')}`)
  for (const detail of new Set(lab.details)) {
    expect(detail.length <= mostDetailCharacters, `a message of ${detail.length} characters`)
    expect(!namesAPath(detail), `a message names a path: ${detail}`)
  }
  expect(lab.world.trap.hits === 0, `the trap was reached ${lab.world.trap.hits} times`)
  return broken
}

function namesAPath(text: string): boolean {
  return /(^|[\s"'(:])\/(tmp|var|home|usr|root|etc|data|proc|work)\b/.test(text)
}

/** Files of failed tasks: a run that failed has none. */
async function straysOf(lab: Lab): Promise<readonly string[]> {
  const { rows } = await lab.product.database.query<{ output: unknown; keys: string[] }>(
    `select coalesce(array_agg(run_id::text), '{}') as keys from task where state = 'failed' and kind <> 'ingest'`,
  )
  const succeeded = await lab.product.database.query<{ keys: string }>(
    `select coalesce(string_agg(output::text, ' '), '') as keys from task where state = 'succeeded' and kind <> 'ingest'`,
  )
  const known = succeeded.rows[0]?.keys ?? ''
  const failedRuns = new Set((rows[0]?.keys ?? []).map((id) => id.replaceAll('-', '')))
  const files = await filesBelow(lab.product.storeDir)
  return files.filter((file) => [...failedRuns].some((runId) => file.includes(runId)) && !known.includes(file))
}

/** Paths relative to the folder. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}
