import { AppError } from '@libs/kernel'
import { Pool, type PoolClient } from 'pg'

type Taken = (
  error: Error | undefined,
  client: PoolClient | undefined,
  done: (release?: Error | boolean) => void,
) => void

/** How pg-pool says that every connection was in use for as long as one waits for them. */
const allInUse = 'timeout exceeded when trying to connect'

/** A pool whose connections are all in use is load, which passes: callers are told to come again. */
export class BusyPool extends Pool {
  override connect(): Promise<PoolClient>
  override connect(callback: Taken): void
  override connect(callback?: Taken): Promise<PoolClient> | void {
    if (callback === undefined) return super.connect()
    super.connect((error, client, done) => {
      callback(error?.message === allInUse ? overload(error) : error, client, done)
    })
  }
}

function overload(cause: Error): AppError {
  return new AppError('request.overload', 'The database is busy with other requests; try again soon.', { cause })
}
