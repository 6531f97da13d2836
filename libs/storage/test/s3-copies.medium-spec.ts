import { mainSubApp, readEnv } from '@libs/kernel'
import { S3Server } from '@libs/testing'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { openStorage } from '../src/open-storage'
import { connectS3 } from '../src/s3/load-s3'
import { ownObject } from '../src/s3/parts/own-object'
import { readS3Place } from '../src/s3/s3-place'
import { hookBucketsEnv, S3ObjectUrls } from '../src/s3/s3-object-urls'
import { storageEnv, type StorageSettings } from '../src/storage.env'

const { signal } = new AbortController()
const key = 'sources/0/1/clip.mp4'
const film = { bucket: 'pictures', key: 'films/ein schöner Film+1.mp4' }
const megabyte = 2 ** 20
const within = (ms: number) => new Date(Date.now() + ms)

let server: S3Server
beforeEach(async () => {
  server = await S3Server.start()
})
afterEach(() => server.stop())

const open = (settings: Partial<StorageSettings> = {}) => openStorage({ ...server.settings(), ...settings })

/** So many megabytes in a bucket, and a URL of them, as hooks have it. */
async function aFilm(megabytes: number, settings: object = {}, until = within(60_000)): Promise<string> {
  const pieces = Array.from({ length: megabytes }, (_, index) => Buffer.alloc(megabyte, 97 + index))
  const { sources } = open({ STORAGE_URL: `s3://${film.bucket}` })
  await sources.put(film.key, Readable.from(pieces))
  const all = { ...server.settings(), ...settings, HOOK_BUCKETS: film.bucket }
  return new S3ObjectUrls(readEnv({ ...storageEnv, ...hookBucketsEnv }, all)).urlOf(mainSubApp, film, until)
}

describe('a file that S3 copies', () => {
  it.each([0, 1, 20])('is whole, with its type, and was not sent, but for what is short: %i MB', async (megabytes) => {
    const url = await aFilm(megabytes)
    expect(await open().sources.copy(key, url, { maxBytes: 20 * megabyte }, signal)).toBe(true)
    const [copied, source] = [server.object(`product/${key}`), server.object(film.key)]
    expect(copied).toMatchObject({ sizeBytes: megabytes * megabyte, contentType: 'video/mp4' })
    if (megabytes === 20) expect(copied?.entityTag.split('-')[1]).toBe('1"')
    else expect(copied?.entityTag).toBe(source?.entityTag)
    expect(server.sentBytes).toBe(megabytes === 20 ? 0 : megabytes * megabyte)
    expect(server.unfinishedUploads).toBe(0)
  })

  it('is joined of parts without their being sent', async () => {
    const { sources, files } = open()
    const parts = ['uploads/0/a/1', 'uploads/0/a/2']
    for (const part of parts) await sources.put(part, Readable.from([Buffer.alloc(9 * megabyte)]))
    await files.join(parts, key)
    expect(server.sentBytes).toBe(0)
    expect(server.object(`product/${key}`)).toMatchObject({ sizeBytes: 18 * megabyte, contentType: 'video/mp4' })
  })

  it('leaves nothing behind where the store fails', async () => {
    const { sources, files } = open()
    const url = await aFilm(20)
    await sources.put('uploads/0/a/1', Readable.from([Buffer.alloc(9 * megabyte)]))
    const before = server.keys
    // The look at it and the beginning are let through, the copy is not.
    server.failures.push(0, 0, 403)
    await expect(files.join(['uploads/0/a/1'], key)).rejects.toMatchObject({ code: 'storage.failed' })
    server.failures.push(0, 0, 403)
    expect(await sources.copy(key, url, {}, signal)).toBe(false)
    expect([server.keys, server.unfinishedUploads]).toEqual([before, 0])
  })
})

describe('a URL is left to be fetched', () => {
  // The server of the tests looks at no signature.
  it.each<[string, object, (url: string) => string]>([
    ['was signed with another secret', { AWS_SECRET_ACCESS_KEY: 'guessed' }, (url) => url],
    ['was signed for another object', {}, (url) => url.replace('films/', 'other/')],
    ['was signed for a shorter time', {}, (url) => url.replace(/(Expires=)\d+/, '$1604800')],
    ['is not signed', {}, (url) => url.replace(/X-Amz-Signature=\w+/, '')],
  ])('that %s', async (_, settings, changed) => {
    const url = changed(await aFilm(1, settings))
    expect(await open().sources.copy(key, url, {}, signal)).toBe(false)
    expect(server.keys).toEqual([film.key])
  })

  it('that is over, of an object that is too large or gone', async () => {
    const [over, good] = [await aFilm(1, {}, within(1_000)), await aFilm(2)]
    const { sources } = open()
    await wait(1_000)
    expect(await sources.copy(key, over, {}, signal)).toBe(false)
    expect(await sources.copy(key, good, { maxBytes: 2 * megabyte - 1 }, signal)).toBe(false)
    await open({ STORAGE_URL: `s3://${film.bucket}` }).sources.remove(film.key)
    expect(await sources.copy(key, good, {}, signal)).toBe(false)
    expect(server.keys).toEqual([])
  })
})

it('an object of Amazon’s own is known by its host', async () => {
  const settings = { ...server.settings(), AWS_ENDPOINT_URL_S3: undefined }
  const url = await aFilm(0, settings)
  expect(new URL(url).host).toBe('pictures.s3.eu-central-1.amazonaws.com')
  const place = readS3Place({ ...settings, AWS_ENDPOINT_URL: undefined })
  const object = await ownObject(await connectS3(place), place, url, Date.now())
  expect(object).toEqual({ Bucket: film.bucket, Key: film.key })
})
