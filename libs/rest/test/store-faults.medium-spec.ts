import { S3Server, storageAt } from '@libs/testing'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { type OpenRest, openRest } from './open-rest'
import { authorization, metadataOf, tus } from './tus-caller'

const megabytes = (count: number) => Buffer.alloc(count * 2 ** 20, 'x')

const faults = [
  [403, 503, 'storage.failed'],
  [404, 503, 'storage.failed'],
  [500, 503, 'storage.failed'],
  [507, 507, 'storage.full'],
  ['silence', 503, 'storage.failed'],
] as const

describe.each(faults)('an S3 that answers uploads with %s', (fault, status, code) => {
  let server: S3Server
  let rest: OpenRest

  beforeEach(async () => {
    server = await S3Server.start()
    const STORAGE_STALL_SECONDS = fault === 'silence' ? 1 : 30
    rest = await openRest(storageAt({ ...server.settings(), STORAGE_STALL_SECONDS }))
  })
  afterEach(async () => {
    await rest.close()
    await server.stop()
  })

  const fails = (on: RegExp) => (server.fault = { on, status: fault })
  const heals = () => (server.fault = undefined)
  const form = async (name: string, bytes: Buffer) => {
    const body = new FormData()
    body.set('file', new Blob([new Uint8Array(bytes)]), name)
    const answer = await fetch(`${rest.url}/v1/media`, { method: 'POST', headers: { authorization }, body })
    return { status: answer.status, ...((await answer.json()) as { code?: string; detail?: string; mediaId?: string }) }
  }
  /** No media but the one that was there, no object, no part, and no file of the stores'. */
  const nothing = async () => {
    expect(rest.unitOfWork.tables.media.size).toBe(1)
    expect([server.keys, server.unfinishedUploads]).toEqual([[], 0])
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('tus-s3-'))).toEqual([])
  }

  it.each([
    ['short', 5 / 2 ** 20, /^PUT/],
    ['long', 20, /^PUT/],
  ])('has a form refused and nothing left of it that is %s', async (_, size, on) => {
    fails(on)
    const refused = await form('a.mp4', megabytes(size))
    expect(refused).toMatchObject({ status, code })
    expect(refused.detail).toMatch(/^The storage [\w ]+\.$/)
    await nothing()
    if (fault === 'silence') return
    heals()
    expect(await form('a.mp4', megabytes(size))).toMatchObject({ status: 201 })
    expect(server.keys).toHaveLength(1)
  })

  it('has a resumable upload go on where it was', async () => {
    const bytes = new Uint8Array(megabytes(9))
    const headers = { 'upload-length': String(bytes.length), 'upload-metadata': metadataOf({ filename: 'a.mp4' }) }
    fails(/^(PUT|POST)/)
    expect(await tus('POST', `${rest.url}/v1/uploads`, { headers })).toMatchObject({ status, code })
    await nothing()
    heals()
    const begun = await tus('POST', `${rest.url}/v1/uploads`, { headers })
    const url = new URL(begun.headers.get('location') ?? '', rest.url).href
    const piece = (at: number) => ({
      headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(at) },
      body: bytes.subarray(at),
    })
    // A store that is told to be silent soon may seem so when the machine is busy.
    if (fault === 'silence') return
    fails(/^PUT/)
    expect(await tus('PATCH', url, piece(0))).toMatchObject({ status, code })
    heals()
    const offset = Number((await tus('HEAD', url)).headers.get('upload-offset'))
    const ended = await tus('PATCH', url, piece(offset))
    expect([ended.status, ended.headers.get('stillflow-media-id')]).toEqual([204, expect.any(String)])
    expect(server.keys).toHaveLength(1)
    expect(server.object(server.keys[0] ?? '')?.sizeBytes).toBe(bytes.length)
  })
})
