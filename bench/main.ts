import { parseArgs } from 'node:util'
import { benchAgainst } from './against/bench-against'
import { benchCapture } from './capture/bench-capture'
import { benchDoor } from './door/bench-door'
import { fitCostModel } from './fit/fit-cost-model'
import { benchFlow } from './flow/bench-flow'
import { benchRows } from './rows/bench-rows'
import { benchSteady } from './steady/bench-steady'
import { benchUpload } from './upload/bench-upload'
import { writePerformancePage } from './performance-page'

const usage = `npm run bench [-- flow | against [<commit>] | door | rows | upload | fit | page | steady [--minutes <n>] | capture [--input <id>]… [--row <name>]… [--rounds <n>]]
`

/** Memory at rest is measured first, before this process has loaded and started anything else. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      input: { type: 'string', multiple: true },
      row: { type: 'string', multiple: true },
      rounds: { type: 'string' },
      minutes: { type: 'string', default: '10' },
      help: { type: 'boolean' },
    },
  })
  const [part = 'all', commit] = positionals
  if (
    values.help === true ||
    !['all', 'flow', 'against', 'door', 'rows', 'upload', 'capture', 'fit', 'page', 'steady'].includes(part)
  ) {
    process.stdout.write(usage)
    return
  }
  // Not of all: it takes twenty minutes.
  if (part === 'steady') await benchSteady(Number(values.minutes))
  // Not of all either: it builds another commit.
  if (part === 'against') await benchAgainst(commit)
  if (part === 'fit') await fitCostModel()
  if (part === 'all' || part === 'flow') await benchFlow()
  if (part === 'all' || part === 'door') await benchDoor()
  if (part === 'all' || part === 'rows') await benchRows()
  if (part === 'all' || part === 'upload') await benchUpload()
  if (part === 'all' || part === 'capture') {
    const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
    await benchCapture({ inputs: values.input, rows: values.row, rounds })
  }
  writePerformancePage()
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exitCode = 1
})
