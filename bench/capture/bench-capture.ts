import { readEnv } from '@libs/kernel'
import { mediaEnv, type MediaTools, openMediaTools } from '@libs/media'
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describeMachine } from '../machine'
import { root } from '../results-files'
import { benchEnv } from './bench.env'
import { Engine } from './engine'
import { leastPsnrDb } from './exactness'
import { inputOf, inputs } from './inputs/catalogue'
import { printRow } from './print-row'
import { saveRow } from './capture-results'
import type { Row } from './row'
import { fullRunRow } from './rows/full-run'
import { lengthRow } from './rows/length'
import { singleRow } from './rows/single'
import { longSpriteRow, spriteRow } from './rows/sprite'
import { sharingRow } from './rows/sharing'
import { stillsRow } from './rows/stills'
import type { Setting } from './setting'

export interface Asked {
  /** Inputs and kinds of rows to measure; all when undefined. */
  readonly inputs: readonly string[] | undefined
  readonly rows: readonly string[] | undefined
  readonly rounds: number | undefined
}

/**
 * Measures the capture engine beside its peers' ways; prints each row as it comes and keeps it in
 * `results/capture.json`, unless it is a quick look of fewer rounds than the results are made of.
 */
export async function benchCapture(asked: Asked): Promise<void> {
  const env = readEnv({ ...benchEnv, ...mediaEnv })
  const tools = openMediaTools(env)
  const folder = join(root, '.bench')
  const scratch = join(folder, `run-${process.pid}`)
  const setting: Setting = {
    ...{ tools, folder, scratch, rounds: asked.rounds ?? env.BENCH_ROUNDS, limitS: env.BENCH_LIMIT_S },
    engine: new Engine(tools, scratch),
  }
  const made = { machine: describeMachine(), ffmpeg: versionOf(tools), commit: commitNow() }
  try {
    for (const measureRow of rowsAsked(setting, asked, env.BENCH_LONG)) {
      const measured = await measureRow()
      printRow(measured)
      refuseOtherFrames(measured)
      if (setting.rounds >= env.BENCH_ROUNDS) saveRow(measured, made)
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** @throws Error when a way of ours that is called exact is not */
function refuseOtherFrames({ title, likeness }: Row): void {
  if (likeness === undefined || likeness === 'identical' || likeness >= leastPsnrDb) return
  throw new Error(`${title}: a still of ours is not the frame on screen (${likeness} dB).`)
}

type MeasureRow = () => Promise<Row>

function rowsAsked(setting: Setting, { inputs: ids, rows }: Asked, isLong: boolean): readonly MeasureRow[] {
  const chosen = ids?.map(inputOf) ?? inputs
  const isAsked = (name: string): boolean => rows?.includes(name) ?? true
  const has = (id: string): boolean => chosen.some((input) => input.id === id)
  return [
    ...(isAsked('stills') ? chosen.map((input) => () => stillsRow(setting, input)) : []),
    ...(isAsked('single') ? chosen.map((input) => () => singleRow(setting, input)) : []),
    ...(isAsked('sprite') && has('b') ? [() => spriteRow(setting)] : []),
    ...(isAsked('full-run') && has('b') ? [() => fullRunRow(setting)] : []),
    ...(isAsked('sharing')
      ? chosen.filter(({ id }) => id === 'b' || id === 'c').map((input) => () => sharingRow(setting, input))
      : []),
    ...(isAsked('length') && has('b') ? [() => lengthRow(setting)] : []),
    ...((rows?.includes('long-sprite') ?? isLong) && has('b') ? [() => longSpriteRow(setting)] : []),
  ]
}

function versionOf({ ffmpegPath }: MediaTools): string {
  const { stdout } = spawnSync(ffmpegPath, ['-version'], { encoding: 'utf8' })
  return /version (\S+)/.exec(stdout)?.[1] ?? 'unknown'
}

function commitNow(): string {
  const { stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' })
  return stdout.trim() || 'unknown'
}
