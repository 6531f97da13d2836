import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { serveHealth } from './health-server'

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
  const metrics = async (): Promise<string> => 'figure 1\n'
  const close = await serveHealth(port, { isHealthy: () => healthy, metrics })
  const get = async (path: string): Promise<[number, string]> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`)
    return [response.status, await response.text()]
  }
  expect(await get('/healthz')).toEqual([200, '{"status":"ok"}'])
  healthy = false
  expect(await get('/healthz')).toEqual([503, '{"status":"error"}'])
  expect(await get('/metrics')).toEqual([200, 'figure 1\n'])
  expect(await get('/other')).toEqual([404, '{"status":"error"}'])
  close()
})

it('passes warnings and facts on', async () => {
  const port = await freePort()
  const close = await serveHealth(port, { isHealthy: () => true, warnings: ['Old ffmpeg.'], facts: { sandbox: 'off' } })
  const response = await fetch(`http://127.0.0.1:${port}/healthz`)
  expect(await response.text()).toBe('{"status":"ok","warnings":["Old ffmpeg."],"sandbox":"off"}')
  close()
})
