import { Agent, createServer, get, type IncomingMessage, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { drainable } from './drain-server'

let server: Server
let port: number
let drain: ReturnType<typeof drainable>
let agent: Agent
/** Answers what waits at `/slow`. */
let finish: () => void

beforeEach(async () => {
  const finished = new Promise<void>((resolve) => (finish = resolve))
  server = createServer((request, response) => {
    void (request.url === '/slow' ? finished : Promise.resolve()).then(() => response.end('done'))
  })
  drain = drainable(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
  agent = new Agent({ keepAlive: true, maxSockets: 1 })
})

afterEach(() => {
  finish()
  agent.destroy()
  server.closeAllConnections()
})

async function call(path = '/', from: Agent | undefined = agent): Promise<IncomingMessage> {
  const [response] = (await once(get({ port, path, agent: from }), 'response')) as [IncomingMessage]
  response.resume()
  await once(response, 'end')
  return response
}

it('goes on while it drains, and asks for every connection to be closed', async () => {
  expect((await call()).headers.connection).toBe('keep-alive')
  const drained = drain({ drainMs: 200, graceMs: 1_000 })
  const { statusCode, headers } = await call()
  expect([statusCode, headers.connection]).toEqual([200, 'close'])
  await drained
  await expect(call('/', new Agent())).rejects.toThrow('ECONNREFUSED')
})

it('waits for what is under way', async () => {
  const slow = call('/slow')
  await once(server, 'request')
  const drained = drain({ drainMs: 0, graceMs: 10_000 })
  finish()
  const { statusCode, headers } = await slow
  expect([statusCode, headers.connection]).toEqual([200, 'close'])
  await drained
})

it('ends what would never end by itself as soon as nothing more comes in', async () => {
  const slow = call('/slow')
  await once(server, 'request')
  const seen: boolean[] = []
  const drained = drain({
    drainMs: 50,
    graceMs: 10_000,
    endStreams: () => {
      seen.push(server.listening)
      finish()
    },
  })
  await Promise.all([slow, drained])
  expect(seen).toEqual([false])
})

it('cuts off what takes too long, and does not wait for idle connections', async () => {
  await call('/', new Agent({ keepAlive: true }))
  const slow = call('/slow')
  await once(server, 'request')
  const startedMs = performance.now()
  await Promise.all([drain({ drainMs: 0, graceMs: 100 }), expect(slow).rejects.toThrow('socket hang up')])
  expect(performance.now() - startedMs).toBeLessThan(2_000)
})
