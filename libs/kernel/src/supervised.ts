/** How long `stop` may take before the process ends without it. */
const stopLimitMs = 15_000

/**
 * Joins a long-running app to whatever started it: SIGTERM, SIGINT and the end of the parent's IPC channel (the parent
 * died, even by SIGKILL) each call `stop` and then end the process with code 0; further signals change nothing.
 * When `stop` throws or takes longer than 15 s the process ends with code 1.
 * `ready()` tells a parent that opened an IPC channel that the app now serves; without a parent it does nothing.
 */
export function superviseByParent(stop: () => Promise<void>): { ready(): void } {
  let stopping = false
  const end = (): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => {
      fail(`still busy ${String(stopLimitMs)} ms after being asked to stop`)
    }, stopLimitMs)
    stop().then(() => process.exit(0), fail)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  process.on('disconnect', end)
  return {
    ready() {
      if (process.connected) process.send?.({ type: 'ready' })
      else if (process.send) end()
    },
  }
}

function fail(reason: unknown): never {
  process.stderr.write(`Could not stop cleanly: ${reason instanceof Error ? String(reason.stack) : String(reason)}\n`)
  process.exit(1)
}
