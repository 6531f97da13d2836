import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { answeredSocket } from './answered-socket'

let server: Server
let answers: boolean

beforeEach(async () => {
  answers = true
  server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (data) => answers && socket.write(data))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => server.close())

it('may be idle for as long as it likes, and ends when it is not answered', async () => {
  const limitMs = 60
  const socket = answeredSocket(limitMs)
  socket.connect((server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  await wait(3 * limitMs)
  socket.write('question')
  await once(socket, 'data')
  await wait(3 * limitMs)
  expect(socket.destroyed).toBe(false)
  answers = false
  socket.write('question')
  await expect(once(socket, 'close')).rejects.toThrow('no answer within 60 ms')
})
