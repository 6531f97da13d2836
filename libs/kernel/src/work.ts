import { AsyncLocalStorage } from 'node:async_hooks'

/** Which call made something: kept with it, so that what is done for it later can be joined to that call. */
export interface Origin {
  readonly requestId?: string | undefined
  /** Where the work is in its trace, as W3C Trace Context writes it. */
  readonly traceparent?: string | undefined
}

/** What is being worked on, as far as that is known. */
export interface WorkIds extends Origin {
  readonly runId?: string | undefined
  readonly taskId?: string | undefined
  readonly jobId?: string | undefined
}

const current = new AsyncLocalStorage<WorkIds>()

/** Does work, and whatever that waits for, under ids; those of the work around it hold as well. */
export function workOn<Result>(ids: WorkIds, work: () => Result): Result {
  return current.run({ ...current.getStore(), ...ids }, work)
}

/** Adds ids to the work at hand that were not known at its start. */
export function noteWork(ids: WorkIds): void {
  const known = current.getStore()
  if (known !== undefined) Object.assign(known, ids)
}

/** The ids of the work at hand, and of its trace, as every line of the log tells them. */
export function workIds(): Omit<WorkIds, 'traceparent'> & { readonly traceId?: string } {
  const { traceparent, ...ids } = current.getStore() ?? {}
  return traceparent === undefined ? ids : { ...ids, traceId: traceparent.slice(3, 35) }
}

/** What is to be kept with whatever the work at hand makes. */
export function originOfWork(): Origin {
  const { requestId, traceparent } = current.getStore() ?? {}
  return { requestId, traceparent }
}
