import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** Runs a program to its end. @returns what it printed @throws Error with its last words when it fails */
export async function runTool(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'close')
  const [printed, complaint] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (child.exitCode === 0) return printed
  throw new Error(`${command} ${args.slice(0, 12).join(' ')} …: ${complaint.slice(-600)}`)
}

/** Does the work on every item, so many at a time. */
export async function atATime<Item>(
  lanes: number,
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<unknown>,
): Promise<void> {
  const queue = [...items.entries()]
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next[1], next[0])
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
