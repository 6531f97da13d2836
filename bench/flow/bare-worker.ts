import { anOutput } from '@libs/testing'
import { createPostgresBackend, type Job, setDefaultBackendFactory, Worker } from 'bullmq'

const [queueName = '', connection = '', concurrency = '1'] = process.argv.slice(2)
const isPostgres = connection.startsWith('postgres')
if (isPostgres) setDefaultBackendFactory(createPostgresBackend)

/** What an instant worker of the product brings: a parent has to read it, as who settles has to. */
const output = anOutput.imageSprites

async function perform(job: Job): Promise<unknown> {
  if (job.name === 'execute') return output
  await job.getChildrenValues()
  process.send?.('done')
  return undefined
}

/** One process of the peer: its children bring an output at once, its parents read it and say that they are done. */
const worker = new Worker(queueName, perform, {
  connection: isPostgres ? { connectionString: connection, schema: 'bullmq', max: 2 } : { url: connection },
  prefix: '{bare}',
  concurrency: Number(concurrency),
})
worker.on('error', () => undefined)
void worker.waitUntilReady().then(() => process.send?.('ready'))
process.on('disconnect', () => process.exit(0))
