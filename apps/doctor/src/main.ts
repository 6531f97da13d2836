import { runApp } from '@libs/kernel'
import { parseArgs } from 'node:util'
import { lookAtAll } from './look-at-all'
import { printFindings } from './print-findings'

/**
 * Prints what is wrong with this installation and what to do, and exits with 1 when something does not work.
 * `--url <URL>` has a video's URL tried as well.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { url: { type: 'string' } } })
  const findings = await lookAtAll(values.url)
  process.stdout.write(printFindings(findings))
  process.exit(findings.some(({ verdict }) => verdict === 'broken') ? 1 : 0)
}

runApp(main)
