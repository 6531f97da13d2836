/**
 * Joins a long-running app to whatever started it: SIGTERM, SIGINT, SIGHUP and the end of the parent's IPC channel
 * (the parent died, even by SIGKILL) each call `stop` and then end the process with code 0; further signals change
 * nothing. When `stop` throws or takes longer than `limitMs` the process ends with code 1.
 * `ready()` tells a parent that opened an IPC channel that the app now serves; without a parent it does nothing.
 */
export function superviseByParent(stop: () => Promise<void>, limitMs = 15_000): { ready(): void } {
  let stopping = false
  const end = (): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => {
      fail(`still busy ${limitMs} ms after being asked to stop`)
    }, limitMs)
    stop().then(() => process.exit(0), fail)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end)
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
