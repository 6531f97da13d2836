import { toAppError } from '@libs/kernel'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { readBody } from './read-body'

const maxBytes = 1_000

describe('readBody', () => {
  let server: Server
  let port: number

  beforeEach(async () => {
    server = createServer((request, response) => {
      readBody(request, maxBytes).then(
        (body) => response.end(String(body.length)),
        (thrown: unknown) => response.setHeader('Connection', 'close').end(toAppError(thrown).code),
      )
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  })

  afterEach(() => {
    server.close()
    server.closeAllConnections()
  })

  const answerTo = async (sizeBytes: number) => {
    const response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: new Uint8Array(sizeBytes) })
    return response.text()
  }

  it('gives the whole body up to the limit, and refuses one byte more', async () => {
    expect(await answerTo(0)).toBe('0')
    expect(await answerTo(maxBytes)).toBe(String(maxBytes))
    expect(await answerTo(maxBytes + 1)).toBe('request.tooLarge')
    expect(await answerTo(maxBytes * 3)).toBe('request.tooLarge')
  })

  it('answers before the end of a body that has none', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.write(`POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n${'x'.repeat(maxBytes * 5)}`)
    let answer = ''
    for await (const chunk of socket.setEncoding('utf8')) answer += String(chunk)
    expect(answer).toContain('request.tooLarge')
  })
})
