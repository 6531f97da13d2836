import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { repositoryRoot } from '../apps/standalone/src/apps/apps'

const [start, end] = ['<!-- figures -->', '<!-- end of figures -->']

const saved = z.object({
  ...{ id: z.string(), title: z.string(), backend: z.string() },
  ...{ seed: z.number(), faults: z.number(), accepted: z.number(), tasks: z.number() },
  ...{ lost: z.number(), duplicateEnds: z.number(), writtenTwice: z.number(), extraExecutions: z.number() },
  ...{ missingOrPartial: z.array(z.string()), complaints: z.array(z.string()), convergedS: z.number() },
  machine: z.record(z.string(), z.union([z.string(), z.number()])),
})

const head = [
  ...['Case', 'Queue', 'Faults', 'Runs accepted', 'Lost', 'Duplicate ends', 'Written twice', 'Bad files'],
  ...['Extra executions', 'Converged', 'Seed', ''],
]

/** Writes what full cases left last between the marks of docs/reliability.md. @throws Error when a mark is missing */
export function writeReliabilityPage(resultsFolder: string): void {
  const page = join(repositoryRoot(), 'docs', 'reliability.md')
  const text = readFileSync(page, 'utf8')
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error('docs/reliability.md has no place for the figures.')
  const results = readdirSync(resultsFolder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => saved.parse(JSON.parse(readFileSync(join(resultsFolder, name), 'utf8'))))
  const lines = [head, head.map(() => '---'), ...results.map(rowOf)].map((cells) => `| ${cells.join(' | ')} |`)
  const machines = new Set(results.map(({ machine }) => Object.values(machine).join(', ')))
  const told = [...lines, '', ...[...machines].map((machine) => `Machine: ${machine}.`)]
  writeFileSync(page, `${text.slice(0, from + start.length)}\n\n${told.join('\n')}\n\n${text.slice(to)}`)
}

function rowOf(result: z.infer<typeof saved>): readonly string[] {
  const { id, title, backend, seed, convergedS, missingOrPartial, complaints, extraExecutions, tasks } = result
  const counts = [result.faults, result.accepted, result.lost, result.duplicateEnds, result.writtenTwice]
  return [
    ...[`${id} ${title}`, backend, ...counts.map(String), String(missingOrPartial.length)],
    ...[`${extraExecutions} of ${tasks}`, `${convergedS.toFixed(1)} s`, String(seed)],
    complaints.length === 0 ? 'held' : '**did not hold**',
  ]
}
