import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The repository: this file runs from dist/bench. */
export const root = resolve(__dirname, '..', '..')

const results = join(root, 'bench', 'results')

export function saveResults(name: string, content: object): void {
  mkdirSync(results, { recursive: true })
  writeFileSync(join(results, `${name}.json`), `${JSON.stringify(content, undefined, 2)}\n`)
}

/** @returns what was saved last, unless nothing was */
export function savedResults(name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(results, `${name}.json`), 'utf8'))
  } catch {
    return undefined
  }
}
