import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { register } from 'prom-client'
import { countAnswer, countRefusal } from './door-metrics'

it('counts answers when they have ended, and refusals', async () => {
  const server = createServer((request, response) => {
    countAnswer(response, () => ({ door: 'rest', route: '/v1/runs/:id' }))
    if (request.url === '/hung-up') response.destroy()
    else response.writeHead(404).end('nothing')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await (await fetch(`http://127.0.0.1:${port}/`)).text()
  await expect(fetch(`http://127.0.0.1:${port}/hung-up`)).rejects.toThrow()
  await new Promise((resolve) => server.close(resolve))
  countRefusal('auth.replayed')
  countRefusal('auth.replayed')

  const lines = (await register.metrics()).split('\n')
  const labels = 'door="rest",route="/v1/runs/:id"'
  expect(lines).toContain(`stillflow_http_request_seconds_count{${labels},status="404"} 1`)
  expect(lines).toContain(`stillflow_http_request_seconds_count{${labels},status="none"} 1`)
  expect(lines).toContain('stillflow_refusals_total{code="auth.replayed"} 2')
})

it('counts every byte of a connection that is kept, once', async () => {
  const server = createServer((asked, response) => {
    countAnswer(response, () => ({ door: 'kept', route: '/' }))
    asked.resume().once('end', () => response.end('x'.repeat(300)))
  })
  const connections: Socket[] = []
  server.on('connection', (socket) => connections.push(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  for (const length of [5, 200_000]) {
    const { port } = server.address() as AddressInfo
    const asked = request({ agent, port, host: '127.0.0.1', method: 'POST' }).end(Buffer.alloc(length))
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    await once(answer.resume(), 'end')
  }
  agent.destroy()
  await new Promise((resolve) => server.close(resolve))

  const [connection, ...others] = connections
  const { bytesRead = 0, bytesWritten = 0 } = connection ?? {}
  expect([others, bytesRead > 200_005, bytesWritten > 600]).toEqual([[], true, true])
  const lines = (await register.metrics()).split('\n')
  expect(lines).toContain(`stillflow_http_received_bytes_total{door="kept"} ${bytesRead}`)
  expect(lines).toContain(`stillflow_http_sent_bytes_total{door="kept"} ${bytesWritten}`)
})
