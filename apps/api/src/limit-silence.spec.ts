import { once } from 'node:events'
import { createServer, request as send, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { limitSilence } from './limit-silence'

// Longer than a busy machine lets a test wait for its turn.
const silenceMs = 500
let server: Server

afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** @param answerAfterMs how long the server works before it says anything */
async function call(answerAfterMs: number, answerMs: number, body: 'whole' | 'begun'): Promise<number> {
  server = createServer((request, response) => {
    request.resume()
    request.once('end', () => void wait(answerAfterMs, undefined, { ref: false }).then(() => response.end('done')))
  })
  limitSilence(server, silenceMs, answerMs)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const outgoing = send({
    port: (server.address() as AddressInfo).port,
    method: 'PUT',
    headers: { 'content-length': 2 },
  })
  if (body === 'whole') outgoing.end('ab')
  else outgoing.write('a')
  const [response] = (await once(outgoing, 'response')) as [{ statusCode: number }]
  return response.statusCode
}

it('waits for our own answer, however long nothing is said', async () => {
  expect(await call(silenceMs * 5, 10_000, 'whole')).toBe(200)
})

it('cuts off who does not go on', async () => {
  await expect(call(0, 10_000, 'begun')).rejects.toThrow('socket hang up')
})

it('cuts off a call that we do not answer in all that time', async () => {
  await expect(call(10_000, silenceMs * 2, 'whole')).rejects.toThrow('socket hang up')
})
