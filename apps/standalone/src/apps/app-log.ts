import { createWriteStream, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { z } from 'zod'

const keptBytes = 20 * 1024 * 1024
/** pino's numbers for the levels, which a logger may also write by name. */
const levels: Readonly<Record<string, number>> = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 }
const warn = 40

const logLine = z.object({
  level: z.union([z.number(), z.string().transform((name) => levels[name] ?? warn)]),
  msg: z.string().default(''),
  err: z.object({ message: z.string() }).optional(),
})

/**
 * Writes what an app says to `file`, started afresh when it has grown past 20 MB, and tells `report` its warnings and
 * errors in one short line each: of a JSON line its message, of any other output all of it.
 */
export function openAppLog(file: string, report: (line: string) => void): { add(output: Readable): void; end(): void } {
  const log = createWriteStream(file, { flags: sizeOf(file) > keptBytes ? 'w' : 'a', mode: 0o600 })
  const outputs = new Set<Readable>()
  let hasEnded = false
  // An app has ended before all that it wrote was read.
  const endWhenRead = (): void => {
    if (hasEnded && outputs.size === 0) log.end()
  }
  return {
    add(output) {
      outputs.add(output)
      const lines = createInterface({ input: output })
      lines.on('line', (line) => {
        log.write(`${line}\n`)
        const short = worthSaying(line)
        if (short !== undefined) report(short)
      })
      lines.on('close', () => {
        outputs.delete(output)
        endWhenRead()
      })
    },
    end() {
      hasEnded = true
      endWhenRead()
    },
  }
}

/** The line for the console, or undefined when the log file is enough. */
export function worthSaying(line: string): string | undefined {
  const parsed = logLine.safeParse(fromJson(line))
  if (!parsed.success) return line.trim() === '' ? undefined : line
  const { level, msg, err } = parsed.data
  if (level < warn) return undefined
  const detail = err === undefined || err.message === msg ? msg : `${msg}: ${err.message}`
  return `${level === warn ? 'warning' : 'error'}: ${detail}`.slice(0, 300)
}

function fromJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
