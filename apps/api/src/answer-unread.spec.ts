import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { answerUnread } from './answer-unread'

async function answerTo(request: string): Promise<string> {
  const server = createServer({ maxHeaderSize: 1024 }, (_, response) => response.end())
  server.on('clientError', answerUnread)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.end(request)
  try {
    return await text(socket)
  } finally {
    server.close()
  }
}

it.each([
  [431, 'request.tooLarge', 'RequestTooLarge', `GET /?a=${'a'.repeat(5_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
  [400, 'request.malformed', 'InvalidParameter', 'nonsense\r\n\r\n'],
])('answers %d %s in JSON', async (status, code, Code, request) => {
  const [head = '', body = ''] = (await answerTo(request)).split('\r\n\r\n')
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} [A-Z]`))
  const text = expect.any(String) as string
  const vendor = {
    Code,
    Message: text,
    RequestId: text,
    HostId: '',
    Recommend: expect.stringContaining(Code) as string,
  }
  expect(JSON.parse(body)).toEqual({ status, code, detail: text, ...vendor })
})
