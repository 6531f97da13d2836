import { AppError } from '@libs/kernel'
import { Pool, type PoolClient } from 'pg'

type Taken = (
  error: Error | undefined,
  client: PoolClient | undefined,
  done: (release?: Error | boolean) => void,
) => void

/** How pg-pool says that for as long as one waits every connection was in use, or the server did not make another. */
const tooLate = ['timeout exceeded when trying to connect', 'Connection terminated due to connection timeout']

/** A pool or a server that has no connection to give is load, which passes: callers are told to come again. */
export class BusyPool extends Pool {
  override connect(): Promise<PoolClient>
  override connect(callback: Taken): void
  override connect(callback?: Taken): Promise<PoolClient> | void {
    if (callback === undefined) return super.connect()
    super.connect((error, client, done) => {
      callback(error !== undefined && tooLate.includes(error.message) ? overload(error) : error, client, done)
    })
  }
}

function overload(cause: Error): AppError {
  return new AppError('request.overload', 'The database is busy with other requests; try again soon.', { cause })
}
