import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from '../apps/standalone/src/apps/apps'

/** A case that other suites try already; here it is only called by its number. */
export interface SuiteCase {
  readonly id: string
  readonly title: string
  /** Of `npm`. */
  readonly args: readonly string[]
}

const tests = (pattern: string) => ['test', '--', '--testPathPatterns', pattern]

export const suiteCases: readonly SuiteCase[] = [
  { id: 'F21', title: 'an endpoint that never answers', args: tests('e2e/events|workflow/src/events/delivering') },
  { id: 'F23', title: 'pullers in each other’s way', args: tests('persistence/test/(pull-races|stores)|e2e/events') },
  { id: 'F30', title: 'the corpus of bad inputs, twice', args: ['run', 'corpus', '--', '--twice'] },
  { id: 'F31', title: 'hostile addresses', args: tests('libs/egress') },
  { id: 'F32', title: 'other people’s ids', args: tests('e2e/(isolation|every-door)|persistence/test/walls') },
  { id: 'F33', title: 'a noisy neighbour', args: tests('e2e/fairness') },
]

/** @returns whether it held; what it has to say goes to this process's output */
export function runSuite({ id, title, args }: SuiteCase): boolean {
  process.stdout.write(`${id} ${title}: npm ${args.join(' ')}\n`)
  const held = spawnSync('npm', [...args], { cwd: join(repositoryRoot()), stdio: 'inherit' }).status === 0
  process.stdout.write(`${held ? 'held  ' : 'FAILED'} ${id} ${title}\n`)
  return held
}
