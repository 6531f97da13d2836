import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Readiness } from './readiness'
import { serveHealth } from './serve-health'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

it('answers for its health and its figures, and nothing else', async () => {
  const port = await freePort()
  let healthy = true
  const readiness = new Readiness([])
  const metrics = async (): Promise<string> => 'figure 1\n'
  const close = await serveHealth(port, { isHealthy: () => healthy, readiness, metrics })
  const get = async (path: string): Promise<[number, string]> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`)
    return [response.status, await response.text()]
  }
  expect(await get('/healthz')).toEqual([200, '{"status":"ok"}'])
  healthy = false
  expect(await get('/healthz')).toEqual([503, '{"status":"error"}'])
  const facts = { broken: [], degraded: [], facts: {} }
  expect(await get('/readyz')).toEqual([200, JSON.stringify({ status: 'ok', ...facts })])
  readiness.stop()
  expect(await get('/readyz')).toEqual([503, JSON.stringify({ status: 'stopping', ...facts })])
  expect(await get('/metrics')).toEqual([200, 'figure 1\n'])
  expect(await get('/other')).toEqual([404, '{"status":"error"}'])
  close()
})
