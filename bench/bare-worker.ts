import { createPostgresBackend, setDefaultBackendFactory, Worker } from 'bullmq'

const [queueName = '', connection = '', concurrency = '1'] = process.argv.slice(2)
const isPostgres = connection.startsWith('postgres')
if (isPostgres) setDefaultBackendFactory(createPostgresBackend)

/** One process of the peer: takes jobs and does nothing, telling its parent how many it has done. */
const worker = new Worker(queueName, () => Promise.resolve(process.send?.('done')), {
  connection: isPostgres ? { connectionString: connection, schema: 'bullmq', max: 2 } : { url: connection },
  prefix: '{bare}',
  concurrency: Number(concurrency),
})
worker.on('error', () => undefined)
void worker.waitUntilReady().then(() => process.send?.('ready'))
process.on('disconnect', () => process.exit(0))
