/** After what was not foreseen no more can be relied on than is needed to give back what is at hand. */
const failureLimitMs = 5_000

export interface Supervision {
  /** Tells a parent that opened an IPC channel that the app now serves; without a parent it does nothing. */
  ready(): void
  /** Ends the process with code 1, in order as far as that goes, so that whoever supervises it starts another. */
  fail(reason: unknown): void
}

/**
 * Joins a long-running app to whatever started it: SIGTERM, SIGINT, SIGHUP and the end of the parent's IPC channel
 * (the parent died, even by SIGKILL) each call `stop` and then end the process with code 0; further signals change
 * nothing. When `stop` throws or takes longer than `limitMs` the process ends with code 1; so it does, after `stop`, when
 * an error reaches nobody, which is logged once.
 */
export function superviseByParent(stop: () => Promise<void>, limitMs = 15_000): Supervision {
  let stopping = false
  let code = 0
  const end = (patienceMs: number): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => {
      giveUp(`still busy ${patienceMs} ms after being asked to stop`)
    }, patienceMs)
    stop().then(() => process.exit(code), giveUp)
  }
  const fail = (reason: unknown): void => {
    if (code === 0) logFatal(reason)
    code = 1
    end(Math.min(limitMs, failureLimitMs))
  }
  const endInOrder = (): void => end(limitMs)
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, endInOrder)
  process.on('disconnect', endInOrder)
  // Rejections that nobody handles come here too.
  process.on('uncaughtException', fail)
  return {
    fail,
    ready() {
      if (process.connected) process.send?.({ type: 'ready' })
      else if (process.send) endInOrder()
    },
  }
}

function giveUp(reason: unknown): never {
  process.stderr.write(`Could not stop cleanly: ${reason instanceof Error ? String(reason.stack) : String(reason)}\n`)
  process.exit(1)
}

/** As a line of the log, which is all JSON; the logger itself may be what failed. */
function logFatal(reason: unknown): void {
  const err = reason instanceof Error ? { message: reason.message, stack: reason.stack } : { message: String(reason) }
  const line = { level: 60, time: Date.now(), pid: process.pid, err, msg: 'The process ends after an error.' }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}
