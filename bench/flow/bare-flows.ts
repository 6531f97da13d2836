import { createPostgresBackend, FlowProducer, setDefaultBackendFactory } from 'bullmq'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { throughputRuns } from './throughput'

const kindQueues = ['bare-1', 'bare-2', 'bare-3', 'bare-4']
const parentQueue = 'bare-parent'
const runsPerBulk = 25

async function startWorker(queue: string, connection: string, concurrency: number): Promise<ChildProcess> {
  const child = fork(join(__dirname, 'bare-worker.js'), [queue, connection, String(concurrency)])
  await once(child, 'message')
  return child
}

/** Resolves when the parent's worker has done all. */
function allDone(child: ChildProcess, count: number): Promise<void> {
  let done = 0
  return new Promise((resolve) => {
    child.on('message', () => {
      done += 1
      if (done === count) resolve()
    })
  })
}

/**
 * The peer: what BullMQ does by itself with flows of the product's shape (per run four flows of `execute` under
 * `settle`), in as many processes, without a database, an API or an event. @returns runs a second
 */
export async function measureBareFlows(connection: string): Promise<number> {
  const isPostgres = connection.startsWith('postgres')
  setDefaultBackendFactory(isPostgres ? createPostgresBackend : undefined)
  const options = isPostgres ? { connectionString: connection, schema: 'bullmq', max: 2 } : { url: connection }
  const producer = new FlowProducer({ connection: options, prefix: '{bare}' })
  const workers = await Promise.all(kindQueues.map((queue) => startWorker(queue, connection, 8)))
  const parent = await startWorker(parentQueue, connection, 16)
  const done = allDone(parent, throughputRuns * kindQueues.length)
  const opts = { attempts: 1, priority: 11, removeOnComplete: true, removeOnFail: true }
  const run = kindQueues.map((queueName) => ({
    name: 'settle',
    queueName: parentQueue,
    opts,
    children: [{ name: 'execute', queueName, data: { pad: 'x'.repeat(900) }, opts }],
  }))
  const startedMs = performance.now()
  for (let added = 0; added < throughputRuns; added += runsPerBulk) {
    await producer.addBulk(Array.from({ length: runsPerBulk }, () => run).flat())
  }
  await done
  const tookMs = performance.now() - startedMs
  await producer.close()
  for (const child of [...workers, parent]) child.disconnect()
  return (throughputRuns / tookMs) * 1_000
}
