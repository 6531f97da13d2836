import { mainSubApp, type SubAppId } from '@libs/kernel'
import { S3Server, storageAt } from '@libs/testing'
import { ForgetUploads, GrowingFiles, StoredFiles } from '@libs/workflow'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { type OpenRest, openRest } from './open-rest'
import { authorization, metadataOf, tus, type TusCall, uploadWithClient } from './tus-caller'

const bytes = Buffer.from(Uint8Array.from({ length: 13 * 2 ** 20 + 5 }, (_, index) => index % 251))
const offsetOctets = { 'content-type': 'application/offset+octet-stream' }
const hostile = [
  ['climbs', '../../etc/passwd.mp4', 'passwd', 'mp4'],
  ['climbs elsewhere', '..\\..\\boot.ini', 'boot', 'ini'],
  ['has pictures in it', '🎬 été.MP4', '🎬 été', 'mp4'],
  ['is long', `${'n'.repeat(4_096)}.mp4`, 'n'.repeat(255), 'mp4'],
  ['is empty', '', '', ''],
] as const

function sized(metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { 'upload-length': '5', 'upload-metadata': metadataOf(metadata) }
}

describe.each(['disk', 's3'] as const)('/v1/uploads (tus), with files in %s', (place) => {
  let folder: string
  let server: S3Server
  let rest: OpenRest
  let endpoint: string
  let storage: ReturnType<typeof storageAt>

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rest-tus-'))
    server = await S3Server.start()
    storage = storageAt(place === 's3' ? server.settings() : { STORAGE_URL: `file:${folder}` })
    rest = await openRest(storage)
    endpoint = `${rest.url}/v1/uploads`
    await rest.unitOfWork.stores.procedures.insert(mainSubApp, {
      ...{ name: 'previews', type: 'custom', comment: '', createdAt: new Date(), updatedAt: new Date() },
      tasks: [{ kind: 'coverBySnapshot', definition: 10, request: { position: { unit: 's', value: 1 } } }],
    })
  })

  afterEach(async () => {
    await rest.close()
    await server.stop()
    await rm(folder, { recursive: true })
  })

  const at = (location: string | null) => new URL(location ?? '', endpoint).href
  const begin = async (length: number, metadata: Readonly<Record<string, string | Buffer>> = {}) => {
    const headers = {
      'upload-length': String(length),
      'upload-metadata': metadataOf({ filename: 'a.mp4', ...metadata }),
    }
    const begun = await tus('POST', endpoint, { headers })
    expect(begun.status).toBe(201)
    return at(begun.headers.get('location'))
  }
  const patch = (url: string, offset: number, body: NonNullable<TusCall['body']>, headers: TusCall['headers'] = {}) =>
    tus('PATCH', url, { headers: { ...offsetOctets, 'upload-offset': String(offset), ...headers }, body })
  const offsetOf = async (url: string) => Number((await tus('HEAD', url)).headers.get('upload-offset'))
  const media = async (id: string | null | undefined) =>
    rest.unitOfWork.stores.media.find(mainSubApp, (id ?? '') as never)
  /** The media that came of an upload, and its bytes. */
  const stored = async (id: string | null | undefined) => {
    const found = await media(id)
    if (found === undefined) throw new Error('There is no such media.')
    const file = await storage.files.find(found.sourceKey)
    return {
      ...found,
      bytes: file && (file.sizeBytes === 0 ? Buffer.alloc(0) : await buffer(await file.read(0, file.sizeBytes))),
    }
  }
  const leftovers = async () =>
    place === 's3'
      ? [...server.keys, ...Array.from({ length: server.unfinishedUploads }, () => 'unfinished')]
      : (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile())

  it.each([
    { how: 'at once' },
    { how: 'in pieces', chunkSize: 5 * 2 ** 20 },
    { how: 'before its length is known', chunkSize: 4 * 2 ** 20, unknownLength: true },
  ])('takes a file $how, and runs its procedure', async ({ how: _how, ...options }) => {
    const metadata = { filename: 'holiday.MP4', filetype: 'text/plain', procedure: 'previews', sessionContext: 'mine' }
    const { mediaId } = await uploadWithClient(bytes, { endpoint, metadata, ...options })
    const found = await stored(mediaId)
    expect(found).toMatchObject({ name: 'holiday', extension: 'mp4', state: 'ingesting' })
    expect(found.bytes?.equals(bytes)).toBe(true)
    const runs = [...rest.unitOfWork.tables.runs.values()].filter((run) => run.mediaId === mediaId)
    expect(runs.map(({ type }) => type).toSorted()).toEqual(['ingest', 'process'])
    expect(runs.find(({ type }) => type === 'process')).toMatchObject({ dialect: 'rest', sessionContext: 'mine' })
    expect(await leftovers()).toHaveLength(1)
  })

  it('goes on where a client was closed', async () => {
    const chunkSize = 6 * 2 ** 20
    const { url } = await uploadWithClient(bytes, { endpoint, chunkSize, stopAfterBytes: chunkSize })
    expect(await offsetOf(url)).toBeGreaterThanOrEqual(chunkSize)
    const { mediaId } = await uploadWithClient(bytes, { endpoint, uploadUrl: url })
    expect((await stored(mediaId)).bytes?.equals(bytes)).toBe(true)
  })

  it('keeps what came before the line broke', async () => {
    const url = await begin(bytes.length)
    await breakOff(url, bytes, bytes.length - 2 ** 20)
    const offset = await offsetOf(url)
    expect(offset).toBeGreaterThan(0)
    expect(offset).toBeLessThan(bytes.length)
    const rest = await patch(url, offset, new Uint8Array(bytes.subarray(offset)))
    expect(rest.status).toBe(204)
    expect((await stored(rest.headers.get('stillflow-media-id'))).bytes?.equals(bytes)).toBe(true)
  })

  it('refuses what does not begin where the last piece ended, and more than was announced', async () => {
    const url = await begin(10)
    expect(await patch(url, 3, '345')).toMatchObject({ status: 409, code: 'upload.wrongOffset' })
    expect((await patch(url, 0, '012')).headers.get('upload-offset')).toBe('3')
    expect(await patch(url, 0, '012')).toMatchObject({ status: 409, code: 'upload.wrongOffset' })
    expect(await patch(url, 3, '3456789and more')).toMatchObject({ status: 413, code: 'request.tooLarge' })
    const chunked = new Blob(['3456789and more']).stream()
    expect(await patch(url, 3, chunked)).toMatchObject({ status: 413, code: 'request.tooLarge' })
    expect(await offsetOf(url)).toBe(3)
    expect((await patch(url, 3, '3456789', { 'upload-length': '11' })).status).toBe(400)
    const last = await patch(url, 3, '3456789')
    expect(last.status).toBe(204)
    expect((await stored(last.headers.get('stillflow-media-id'))).bytes?.toString()).toBe('0123456789')
  })

  it('tells the same when the last piece is brought again, and makes one media', async () => {
    const url = await begin(3, { procedure: 'previews' })
    const id = (await patch(url, 0, '012')).headers.get('stillflow-media-id')
    const again = await patch(url, 3, '')
    expect(again.status).toBe(204)
    expect(again.headers.get('stillflow-media-id')).toBe(id)
    expect(await offsetOf(url)).toBe(3)
    expect([...rest.unitOfWork.tables.runs.values()].filter(({ mediaId }) => mediaId === id)).toHaveLength(2)
    expect(await tus('DELETE', url)).toMatchObject({ status: 404, code: 'upload.notFound' })
    expect((await stored(id)).bytes?.toString()).toBe('012')
  })

  it('makes a media of a whole upload whose last request broke off', async () => {
    const url = await begin(3)
    const [upload] = [...rest.unitOfWork.tables.uploads.values()]
    const key = upload?.media.sourceKey ?? ''
    await storage.growing.append({ key, sizeBytes: 3 }, 0, Readable.from([Buffer.from('012')]))
    expect(await media(upload?.media.id)).toBeUndefined()
    expect(await offsetOf(url)).toBe(3)
    expect((await stored(upload?.media.id)).bytes?.toString()).toBe('012')
  })

  it('takes a file of no bytes, which is no media to be made ready', async () => {
    const begun = await tus('POST', endpoint, { headers: { 'upload-length': '0' } })
    expect(begun.status).toBe(201)
    const found = await stored(begun.headers.get('stillflow-media-id'))
    expect(found.bytes).toHaveLength(0)
  })

  it.each(hostile)('calls a file by what is harmless of a name that %s', async (_which, filename, name, extension) => {
    const url = await begin(1, { filename })
    const told = (await tus('HEAD', url)).headers.get('upload-metadata')
    expect(told).toBe(metadataOf({ filename }).trim())
    const last = await patch(url, 0, 'x')
    expect(await media(last.headers.get('stillflow-media-id'))).toMatchObject({ name, extension })
  })

  it.each([
    ['NUL', sized({ filename: 'a\0b.mp4' }), 422, 'request.invalidValue'],
    ['an unknown procedure', sized({ procedure: 'nobody' }), 422, 'procedure.notFound'],
    ['a wrong priority', sized({ priority: '11' }), 422, 'request.invalidValue'],
    ['too much to say', sized({ x: 'y'.repeat(8_192) }), 413, 'request.tooLarge'],
    ['broken base64', { 'upload-length': '5', 'upload-metadata': 'filename !' }, 400, 'request.malformed'],
    ['a negative length', { 'upload-length': '-5' }, 400, 'request.malformed'],
    ['a length that is no number', { 'upload-length': '9007199254740993' }, 400, 'request.malformed'],
    ['no length', {}, 400, 'request.malformed'],
    ['a part of another', { 'upload-concat': 'partial', 'upload-length': '5' }, 501, 'feature.unsupported'],
  ])('refuses to begin with %s', async (_what, headers, status, code) => {
    expect(await tus('POST', endpoint, { headers })).toMatchObject({ status, code })
    expect(rest.unitOfWork.tables.uploads.size).toBe(0)
    expect(await leftovers()).toEqual([])
  })

  it("does not know uploads of others, nor what is over, and gives one's own up", async () => {
    const url = await begin(5)
    const [upload] = [...rest.unitOfWork.tables.uploads.values()]
    if (upload === undefined) throw new Error('Nothing was begun.')
    await rest.unitOfWork.stores.uploads.insert({ ...upload, token: 'theirs', subAppId: 7 as SubAppId })
    await rest.unitOfWork.stores.uploads.insert({ ...upload, token: 'over', deadline: new Date(0) })
    await rest.unitOfWork.stores.uploads.insert({ ...upload, token: 'put', growing: undefined })
    for (const token of ['theirs', 'over', 'put', 'nobody', '..%2f..%2fx', '%F0%9F%8E%AC']) {
      const other = `${endpoint}/${token}`
      expect({ token, ...(await patch(other, 0, 'x')) }).toMatchObject({ token, status: 404, code: 'upload.notFound' })
      expect((await tus('HEAD', other)).status).toBe(404)
      expect(await tus('DELETE', other)).toMatchObject({ status: 404, code: 'upload.notFound' })
    }
    expect((await fetch(`${rest.url}/uploads/${upload.token}`, { method: 'PUT', body: 'x' })).status).toBe(404)
    expect((await patch(url, 0, '01')).status).toBe(204)
    expect((await tus('DELETE', url)).status).toBe(204)
    expect((await tus('HEAD', url)).status).toBe(404)
    expect(await leftovers()).toEqual([])
  })

  it('is forgotten with its bytes when it is not finished in time', async () => {
    const url = await begin(10)
    await patch(url, 0, '01')
    const clock = { nowMs: () => Date.now() + 25 * 3_600_000 }
    const forget = new ForgetUploads(rest.unitOfWork, clock, rest.get(StoredFiles), rest.get(GrowingFiles))
    expect(await forget.execute()).toBe(1)
    expect((await tus('HEAD', url)).status).toBe(404)
    expect(await leftovers()).toEqual([])
  })

  it('has one request at an upload: who comes later has the other stop', async () => {
    const url = await begin(bytes.length)
    const { hostname, port, pathname } = new URL(url)
    const socket = connect(Number(port), hostname)
    socket.write(head(pathname, bytes.length))
    socket.write(bytes.subarray(0, 1_000))
    while ((await sizeOnItsWay()) === 0) await wait(20)
    expect(await offsetOf(url)).toBe(1_000)
    socket.destroy()

    async function sizeOnItsWay(): Promise<number> {
      const [upload] = [...rest.unitOfWork.tables.uploads.values()]
      if (place === 's3') return socket.bytesWritten
      return (await storage.growing.sizeOf(upload?.media.sourceKey ?? '')) ?? 0
    }
  })

  it('lets pages of anybody ask, and shows them refusals', async () => {
    for (const url of [endpoint, `${endpoint}/abc`]) {
      const preflight = await fetch(url, { method: 'OPTIONS', headers: { origin: 'https://a.example' } })
      expect(preflight.status).toBe(204)
      expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
      expect(preflight.headers.get('access-control-allow-headers')).toMatch(/Authorization.*Stillflow-Sub-App/)
      expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH')
      expect(preflight.headers.get('tus-extension')).toContain('creation-defer-length')
    }
    const unknown = await tus('POST', endpoint, { headers: { authorization: 'Basic eDp5' } })
    expect(unknown).toMatchObject({ status: 401, code: 'auth.badSignature' })
    expect(unknown.headers.get('access-control-allow-origin')).toBe('*')
    const begun = await tus('POST', endpoint, { headers: { 'upload-length': '5' } })
    expect(begun.headers.get('access-control-expose-headers')).toContain('Stillflow-Media-Id')
    expect(begun.headers.get('upload-expires')).not.toBeNull()
    const old = await fetch(endpoint, { method: 'POST', headers: { authorization } })
    expect(old.status).toBe(412)
  })

  it('takes a POST for the method that a client behind an old proxy means', async () => {
    const url = await begin(3)
    const headers = { ...offsetOctets, 'upload-offset': '0', 'x-http-method-override': 'PATCH' }
    expect((await tus('POST', url, { headers, body: '012' })).status).toBe(204)
    expect(await offsetOf(url)).toBe(3)
  })
})

function head(path: string, length: number): string {
  return [
    `PATCH ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: ${authorization}`,
    'Tus-Resumable: 1.0.0',
    'Upload-Offset: 0',
    'Content-Type: application/offset+octet-stream',
    `Content-Length: ${length}\r\n\r\n`,
  ].join('\r\n')
}

/** Announces a whole body, sends some of it, and hangs up. */
async function breakOff(url: string, body: Buffer, sentBytes: number): Promise<void> {
  const { hostname, port, pathname } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(head(pathname, body.length))
  await new Promise<void>((resolve) => socket.write(body.subarray(0, sentBytes), () => resolve()))
  await new Promise<void>((resolve) => socket.once('close', () => resolve()).destroy())
}
