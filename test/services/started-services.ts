/** A service that the tests use, at `url`; `stop` ends it when the test run started it. */
export interface Service {
  readonly url: string
  stop(): Promise<void>
}

// Jest loads set-up and tear-down in one process with one module cache, so this is how the one tells the other.
const started: Service[] = []

/** Keeps a service for `stopServices`, and returns it. */
export function keep(service: Service): Service {
  started.push(service)
  return service
}

/** Stops what was kept, last started first. */
export async function stopServices(): Promise<void> {
  for (const service of started.splice(0).toReversed()) await service.stop()
}
