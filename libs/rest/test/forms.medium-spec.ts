import { mainSubApp, parseMediaId } from '@libs/kernel'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { type OpenRest, openRest } from './open-rest'
import { authorization } from './tus-caller'

describe('a form that brings a file', () => {
  let rest: OpenRest
  beforeEach(async () => {
    rest = await openRest()
  })
  afterEach(() => rest.close())

  /** Sends a form byte by byte as it is given, which no client would. */
  async function send(disposition: string, { body = 'bytes', type = 'video/mp4', missingBytes = 0 } = {}) {
    const form = `--b\r\nContent-Disposition: form-data; name="file"; ${disposition}\r\nContent-Type: ${type}\r\n\r\n${body}\r\n--b--\r\n`
    const { hostname, port } = new URL(rest.url)
    const socket = connect(Number(port), hostname)
    const length = Buffer.byteLength(form) + missingBytes
    const head = ['POST /v1/media HTTP/1.1', 'Host: h', `Authorization: ${authorization}`, 'Connection: close']
    socket.write([...head, 'Content-Type: multipart/form-data; boundary=b', `Content-Length: ${length}`].join('\r\n'))
    socket.write(`\r\n\r\n${form}`)
    if (missingBytes > 0) socket.end()
    const answer = await text(socket)
    const [, status = ''] = /^HTTP\/1.1 (\d+)/.exec(answer) ?? []
    const [, id = ''] = /"mediaId":"(\d+)"/.exec(answer) ?? []
    const mediaId = parseMediaId(id)
    const media = mediaId && (await rest.unitOfWork.stores.media.find(mainSubApp, mediaId))
    return { status: Number(status), code: /"code":"([\w.]+)"/.exec(answer)?.[1], media }
  }

  it.each([
    ['climbs', 'filename="../../etc/passwd.mp4"', 'passwd', 'mp4'],
    ['climbs elsewhere', String.raw`filename="..\..\boot.ini"`, 'boot', 'ini'],
    ['has pictures in it', 'filename="🎬 été.MP4"', '🎬 été', 'mp4'],
    ['is written as RFC 5987 has it', "filename*=UTF-8''%F0%9F%8E%AC.mp4", '🎬', 'mp4'],
    ['is long', `filename="${'n'.repeat(4_096)}.mp4"`, 'n'.repeat(255), 'mp4'],
  ])('is called by what is harmless of a name that %s', async (_, disposition, name, extension) => {
    const { status, media } = await send(disposition)
    expect(status).toBe(201)
    expect(media).toMatchObject({ name, extension })
    expect(media?.sourceKey).toMatch(/^sources\/0\/\d+\/[0-9a-f]{20}\.\w{1,8}$/)
  })

  it.each([
    ['NUL in its name', 'filename="a\0b.mp4"', 400, 'request.malformed'],
    ['NUL in its name, written out', "filename*=UTF-8''a%00b.mp4", 422, 'request.invalidValue'],
  ])('is refused with %s', async (_, disposition, status, code) => {
    expect(await send(disposition)).toMatchObject({ status, code })
    expect(rest.unitOfWork.tables.media.size).toBe(1)
  })

  it('is called by what is left of a name with half a character', async () => {
    expect((await send("filename*=UTF-8''a%ED%A0%80.mp4")).media?.name).toMatch(/^a\ufffd*$/)
  })

  it('may lie about its type, which nobody believes', async () => {
    expect((await send('filename="a.mp4"', { type: 'text/html' })).media).toMatchObject({ name: 'a', extension: 'mp4' })
  })

  it('may have no bytes', async () => {
    expect((await send('filename="a.mp4"', { body: '' })).status).toBe(201)
  })

  it('leaves nothing when it is shorter than it said', async () => {
    await send('filename="a.mp4"', { missingBytes: 100 })
    expect(rest.unitOfWork.tables.media.size).toBe(1)
  })
})
