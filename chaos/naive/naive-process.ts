import { type ConnectionOptions, FlowProducer, type Job, Worker } from 'bullmq'
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

const [role = '', redisPort = '', callbackUrl = ''] = process.argv.slice(2)
const connection: ConnectionOptions = { host: '127.0.0.1', port: Number(redisPort) }
const children = 4

/**
 * What one builds first: the API adds a flow and answers, each child does its work, and the parent tells that all is done.
 * Nothing is kept anywhere but in the queue.
 */
function startApi(): void {
  const flows = new FlowProducer({ connection })
  flows.on('error', () => undefined)
  const server = createServer((request, response) => {
    const runId = (request.url ?? '').slice(1)
    const opts = { attempts: 3, removeOnComplete: true, removeOnFail: true, ignoreDependencyOnFailure: true }
    const child = { name: 'work', queueName: 'naive-work', data: { runId }, opts }
    const flow = { name: 'tell', queueName: 'naive-tell', data: { runId }, opts: { attempts: 3 } }
    flows.add({ ...flow, children: Array.from({ length: children }, () => child) }).then(
      () => response.writeHead(202).end(),
      () => response.writeHead(500).end(),
    )
  })
  server.listen(0, '127.0.0.1', () => process.send?.(server.address()))
}

async function perform({ name, data }: Job<{ runId: string }>): Promise<void> {
  if (name === 'work') await wait(60)
  else await fetch(`${callbackUrl}/${data.runId}`, { method: 'POST' })
}

function startWorker(): void {
  for (const queue of ['naive-work', 'naive-tell']) {
    const worker = new Worker(queue, perform, { connection, concurrency: 4 })
    worker.on('error', () => undefined)
  }
  process.send?.('ready')
}

if (role === 'api') startApi()
else startWorker()
