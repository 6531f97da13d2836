import { type Fault, isErrorCode } from '@libs/kernel'

const separator = ': '
/** A code, and how long to wait where that was said. */
const head = /^(\w+(?:\.\w+)?)(?: after (\d{1,12}) ms)?$/
const longestUnknown = 200
/** BullMQ 6.7, after `maxStalledCount`. */
const stalled = 'job stalled more than allowable limit'

/**
 * A fault as the failure string that a job keeps, readable in any dashboard.
 * What a text column or UTF-8 cannot hold (NUL, lone surrogates) becomes U+FFFD.
 */
export function encodeFault({ code, detail, retryAfterMs }: Fault): string {
  const wait = retryAfterMs === undefined ? '' : ` after ${retryAfterMs} ms`
  return code + wait + separator + Buffer.from(detail).toString().replaceAll('\0', '\uFFFD')
}

/**
 * The fault in a failure string. What no worker of ours wrote is either the library's word for a task at which workers died
 * too often, which is `task.crashed`, or why it could not store an end that the work had reached, which is `internal`: the
 * connection broke, say, and the task did nothing wrong. Never throws.
 */
export function decodeFault(failure: string): Fault {
  const end = failure.indexOf(separator)
  const [, code = '', wait] = head.exec(failure.slice(0, Math.max(end, 0))) ?? []
  if (isErrorCode(code)) {
    const detail = failure.slice(end + separator.length)
    return wait === undefined ? { code, detail } : { code, detail, retryAfterMs: Number(wait) }
  }
  const said = failure.slice(0, longestUnknown)
  return failure === stalled
    ? { code: 'task.crashed', detail: `The worker died while it ran this task (the queue says: ${said}).` }
    : { code: 'internal', detail: `The queue could not store the end of this task (it says: ${said}).` }
}
