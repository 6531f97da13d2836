import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
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
