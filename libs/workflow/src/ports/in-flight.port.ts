/**
 * `call`: an API call. `transfer`: the bytes of an upload or a file, which take as long as the line needs. `stream`: events
 * of a run, which take as long as the run.
 */
export type Errand = 'call' | 'transfer' | 'stream'

/** How many requests a process is at: one too many is turned away before it costs anything. */
export abstract class InFlight {
  /** @returns to be called once, when the request has ended. @throws AppError `request.overload` */
  abstract enter(errand: Errand): () => void
}
