import { mainSubApp, readEnv, type SubAppId } from '@libs/kernel'
import {
  artifactStoreContract,
  growingFilesContract,
  joinedFilesContract,
  S3Server,
  sourceStoreContract,
} from '@libs/testing'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { openStorage } from '../src/open-storage'
import { hookBucketsEnv, S3ObjectUrls } from '../src/s3/s3-object-urls'
import { storageEnv } from '../src/storage.env'
import { storedBytes } from './stored-bytes'

const never = new AbortController().signal
const soon = () => new Date(Date.now() + 60_000)
const key = 'sources/0/1/clip.mp4'

let server: S3Server
let folder: string
beforeEach(async () => {
  server = await S3Server.start()
  folder = await mkdtemp(join(tmpdir(), 's3-stores-'))
})
afterEach(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

const open = () => openStorage(server.settings())

async function openedClip() {
  const { sources } = open()
  await sources.put(key, Readable.from([Buffer.from('0123456789')]))
  return sources.open(key, folder, never)
}

/** As many mebibytes, of which each names its own number. */
async function* mebibytes(count: number): AsyncIterable<Buffer> {
  for (let number = 0; number < count; number++) yield Buffer.alloc(1024 * 1024, String.fromCharCode(97 + number))
}

it('lends URLs and credentials for one object to those who upload', async () => {
  const until = new Date(Date.now() + 3_600_000)
  const settings = server.settings()
  const { uploads, files } = openStorage(settings)
  const url = await uploads.putUrlOf(key, until)
  expect((await fetch(url ?? '', { method: 'PUT', body: 'put from outside' })).status).toBe(200)
  expect((await storedBytes(files, key))?.toString()).toBe('put from outside')
  expect(await uploads.lend(key, until)).toBeUndefined()
  const role = { STS_ROLE_ARN: 'arn:aws:iam::1:role/uploads', AWS_ENDPOINT_URL_STS: settings.AWS_ENDPOINT_URL_S3 }
  const lending = openStorage({ ...settings, ...role }).uploads
  expect(lending.place).toEqual({ bucket: 'pictures', region: 'eu-central-1', keyPrefix: 'product/' })
  const lent = await lending.lend(key, until)
  expect(lent).toMatchObject({ accessKeyId: 'lent AccessKeyId', sessionToken: 'lent SessionToken' })
  expect(server.loans).toMatchObject([
    { RoleArn: role.STS_ROLE_ARN, DurationSeconds: expect.stringMatching(/^35\d\d|3600$/) as unknown },
  ])
  const { Statement } = JSON.parse(server.loans[0]?.['Policy'] ?? '{}') as { Statement?: object[] }
  expect(Statement).toMatchObject([{ Effect: 'Allow', Resource: [`arn:aws:s3:::pictures/product/${key}`] }])
})

it('lets the objects of given buckets be read, by the sub-application that each is given to', async () => {
  const settings = readEnv(
    { ...storageEnv, ...hookBucketsEnv },
    { ...server.settings(''), HOOK_BUCKETS: 'videos=7, pictures' },
  )
  const { uploads } = openStorage(settings)
  await fetch((await uploads.putUrlOf('films/a.mp4', soon())) ?? '', { method: 'PUT', body: 'a film' })
  const urls = new S3ObjectUrls(settings)
  const url = await urls.urlOf(mainSubApp, { bucket: 'pictures', key: 'films/a.mp4' }, soon())
  expect(await (await fetch(url)).text()).toBe('a film')
  for (const bucket of ['videos', 'product', '']) {
    const refused = urls.urlOf(mainSubApp, { bucket, key: 'films/a.mp4' }, soon())
    await expect(refused).rejects.toMatchObject({ code: 'auth.forbidden' })
  }
  expect(await urls.urlOf(7 as SubAppId, { bucket: 'videos', key: 'ü b.mp4' }, soon())).toContain(
    '/videos/%C3%BC%20b.mp4?',
  )
  const wrong = { ...server.settings(), HOOK_BUCKETS: 'Videos' }
  expect(() => readEnv({ ...storageEnv, ...hookBucketsEnv }, wrong)).toThrow(/HOOK_BUCKETS/)
})

it('removes all that is under a key in S3, and nothing beside it', async () => {
  const { sources, files } = open()
  const under = ['sources/0/1/a.mp4', 'sources/0/1/deep/b.mp4', 'sources/0/1']
  for (const each of [...under, 'sources/0/10/c.mp4']) await sources.put(each, Readable.from([Buffer.from('x')]))
  await files.removeAll('sources/0/1')
  await files.removeAll('sources/0/1')
  expect(server.keys).toEqual(['product/sources/0/10/c.mp4'])
})

describe('joined files in S3', () => {
  joinedFilesContract(async () => {
    const { sources, files } = open()
    return { sources, files, read: (each) => storedBytes(files, each) }
  })
})

describe('growing files in S3', () => {
  growingFilesContract(async () => {
    const { growing, files } = open()
    const leftovers = async () => [...server.keys, ...Array.from({ length: server.unfinishedUploads }, () => 'upload')]
    return { growing, read: (each) => storedBytes(files, each), leftovers }
  })

  it('are stored with their type, and their parts wait nowhere else', async () => {
    const { growing } = open()
    const file = { key, sizeBytes: 5 }
    await growing.begin(file)
    await growing.append(file, 0, Readable.from([Buffer.from('01234')]))
    await growing.finish(key)
    expect(server.object(`product/${key}`)).toMatchObject({ sizeBytes: 5, contentType: 'video/mp4' })
    // As the store of tus names them.
    expect((await readdir(tmpdir())).filter((name) => /^tus-s3-|^[\w-]{10}-\d+$/.test(name))).toEqual([])
  })

  it.each([403, 404, 500, 507])('are not lost where the store answers %i', async (status) => {
    const { growing, files } = open()
    const file = { key, sizeBytes: 10 }
    await growing.begin(file)
    await growing.append(file, 0, Readable.from([Buffer.from('01234')]))
    const code = status === 507 ? 'storage.full' : 'storage.failed'
    const rest = async () => {
      const at = (await growing.sizeOf(key)) ?? NaN
      expect(at).toBeLessThanOrEqual(5)
      return growing.append(file, at, Readable.from([Buffer.from('0123456789').subarray(at)]))
    }
    // Its look at how much there is takes three requests.
    for (const served of [3, 4, 5, 6, 7]) {
      server.failures.push(...Array.from({ length: served }, () => 0), ...Array.from({ length: 9 }, () => status))
      await expect(rest()).rejects.toMatchObject({ code })
      server.failures.splice(0)
    }
    expect(await rest()).toBe(10)
    await growing.finish(key)
    expect((await storedBytes(files, key))?.toString()).toBe('0123456789')
    expect(server.keys).toEqual([`product/${key}`])
  })
})

describe('sources in S3', () => {
  sourceStoreContract(async () => open().sources)

  it('are kept in parts when they are long, below the prefix, with their type', async () => {
    const { sources, files } = open()
    const { sizeBytes } = await sources.put(key, Readable.from(mebibytes(20)))
    expect(sizeBytes).toBe(20 * 1024 * 1024)
    expect(server.requests.filter((request) => request.startsWith('PUT'))).toHaveLength(3)
    expect(server.object(`product/${key}`)).toMatchObject({ sizeBytes, contentType: 'video/mp4' })
    const whole = await storedBytes(files, key)
    expect([0, 7, 8, 19].map((number) => whole?.toString('latin1', number * 1024 * 1024)[0])).toEqual([
      'a',
      'h',
      'i',
      't',
    ])
  })

  it('that break off after some parts leave nothing behind, and say why', async () => {
    async function* broken() {
      yield* mebibytes(20)
      throw new Error('the line went dead')
    }
    const stored = open().sources.put(key, Readable.from(broken()))
    await expect(stored).rejects.toMatchObject({ code: 'storage.failed', cause: { message: 'the line went dead' } })
    expect([server.keys, server.unfinishedUploads]).toEqual([[], 0])
    const tooMuch = open().sources.put(key, Readable.from(mebibytes(20)), { maxBytes: 18 * 1024 * 1024 })
    await expect(tooMuch).rejects.toMatchObject({ code: 'request.tooLarge' })
    expect([server.keys, server.unfinishedUploads]).toEqual([[], 0])
  })

  it('are read in one request for each range, of which no byte too many is sent', async () => {
    const clip = await openedClip()
    server.requests.length = 0
    expect([clip.isRemote, String(await clip.read(2, 3, never)), server.sentBytes]).toEqual([true, '234', 3])
    expect(String(await clip.read(8, 100, never))).toBe('89')
    expect(String(await clip.read(10, 1, never))).toBe('')
    expect(server.requests).toEqual([
      `GET /pictures/product/${key} bytes=2-4`,
      `GET /pictures/product/${key} bytes=8-9`,
    ])
  })

  it('are fetched whole once, however often a local file is asked for', async () => {
    const clip = await openedClip()
    const [path, same] = await Promise.all([clip.localPath(never), clip.localPath(never)])
    expect([same, server.sentBytes, path.endsWith('.mp4')]).toEqual([path, 10, true])
    expect(await readdir(folder)).toHaveLength(1)
  })

  it('may have no bytes at all', async () => {
    const { sources } = open()
    await sources.put(key, Readable.from([]))
    const clip = await sources.open(key, folder, never)
    expect([clip.sizeBytes, String(await clip.read(0, 5, never))]).toEqual([0, ''])
    await clip.localPath(never)
    expect(await readdir(folder)).toHaveLength(1)
  })

  it('are never read half from one file and half from its successor', async () => {
    const clip = await openedClip()
    await open().sources.put(key, Readable.from([Buffer.from('another one')]))
    await expect(clip.read(2, 3, never)).rejects.toMatchObject({ code: 'media.notAccessible' })
    await expect(clip.localPath(never)).rejects.toMatchObject({ code: 'media.notAccessible' })
  })

  it('that the store sends only half of are a fault of the store, and leave no half copy', async () => {
    const clip = await openedClip()
    server.breaksOff = true
    await expect(clip.read(0, 10, never)).rejects.toMatchObject({ code: 'storage.failed' })
    await expect(clip.localPath(never)).rejects.toMatchObject({ code: 'storage.failed' })
    expect(await readdir(folder)).toEqual([])
    server.breaksOff = false
    expect(await clip.localPath(never)).toContain(folder)
  })

  it('are asked for again when the store is busy', async () => {
    const clip = await openedClip()
    server.failures.push(503, 503)
    expect(String(await clip.read(0, 2, never))).toBe('01')
  })

  it('are let go of as soon as the task is to end', async () => {
    const clip = await openedClip()
    const aborting = new AbortController()
    const read = clip.read(0, 10, aborting.signal)
    aborting.abort()
    await expect(read).rejects.toMatchObject({ code: 'task.aborted' })
    await expect(clip.localPath(aborting.signal)).rejects.toMatchObject({ code: 'task.aborted' })
    await expect(open().sources.open(key, folder, aborting.signal)).rejects.toMatchObject({ code: 'task.aborted' })
    expect(await readdir(folder)).toEqual([])
  })
})

describe('artifacts in S3', () => {
  artifactStoreContract(async () => {
    const { artifacts, files } = open()
    return { store: artifacts, read: (kept) => storedBytes(files, kept) }
  })

  it.each([
    ['still.jpg', 'image/jpeg'],
    ['still.png', 'image/png'],
    ['still.webp', 'image/webp'],
    ['still.avif', 'image/avif'],
    ['sprite.vtt', 'text/vtt; charset=utf-8'],
  ])('say what they are: %s is %s', async (name, contentType) => {
    const made = join(folder, name)
    await writeFile(made, 'made')
    await open().artifacts.put(`artifacts/${name}`, made)
    expect(server.object(`product/artifacts/${name}`)?.contentType).toBe(contentType)
  })

  it('have the tag and the date of the store, and any part of their bytes', async () => {
    const made = join(folder, 'sheet.jpg')
    await writeFile(made, '0123456789')
    const { artifacts, files } = open()
    await artifacts.put('artifacts/sheet.jpg', made)
    const [file, held] = [await files.find('artifacts/sheet.jpg'), server.object('product/artifacts/sheet.jpg')]
    expect(file).toMatchObject({ sizeBytes: 10, entityTag: held?.entityTag })
    expect(await text((await file?.read(3, 4)) ?? Readable.from([]))).toBe('3456')
  })
})

describe('URLs of S3 itself', () => {
  const lending = () => openStorage({ ...server.settings(), FILE_URL_REDIRECT: 'on' as const })

  it('lead to whole files of the right type until they are over', async () => {
    const { sources, files } = lending()
    await sources.put(key, Readable.from([Buffer.from('0123456789')]))
    const file = await files.find(key)
    const get = async (until: Date) => fetch((await file?.urlUntil?.(until)) ?? '')
    const good = await get(new Date(Date.now() + 60_000))
    expect([good.status, await good.text(), good.headers.get('content-type')]).toEqual([200, '0123456789', 'video/mp4'])
    const brief = (await file?.urlUntil?.(new Date(Date.now() + 1_000))) ?? ''
    expect((await fetch(brief)).status).toBe(200)
    const limitMs = Date.now() + 5_000
    while ((await fetch(brief)).status === 200 && Date.now() < limitMs) await wait(50)
    expect((await fetch(brief)).status).toBe(403)
    expect((await fetch(brief.replace(/\?.*/, ''))).status).toBe(403)
  })

  it('make no page of what may be one', async () => {
    const { sources, files } = lending()
    await sources.put('sources/0/1/page.html', Readable.from([Buffer.from('<p>')]))
    const file = await files.find('sources/0/1/page.html')
    const { headers } = await fetch((await file?.urlUntil?.(new Date(Date.now() + 60_000))) ?? '')
    expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      'application/octet-stream',
      'attachment',
    ])
  })

  it('are not given where nobody asked for them', async () => {
    await openedClip()
    expect(await open().files.find(key)).not.toHaveProperty('urlUntil')
  })
})

describe('a place in S3', () => {
  it.each(['../outside', 'sources//x', '', '.hidden', 'sources/../x', 'sources/a\nb'])(
    'takes no key like %j',
    async (hostile) => {
      const { sources, artifacts, files } = open()
      const made = join(folder, 'made')
      await writeFile(made, 'x')
      const x = Readable.from([Buffer.from('x')])
      await expect(sources.put(hostile, x)).rejects.toMatchObject({ code: 'storage.failed' })
      await expect(artifacts.put(hostile, made)).rejects.toMatchObject({ code: 'storage.failed' })
      await expect(sources.remove(hostile)).rejects.toMatchObject({ code: 'storage.failed' })
      await expect(sources.open(hostile, folder, never)).rejects.toMatchObject({ code: 'media.notAccessible' })
      expect(await files.find(hostile)).toBeUndefined()
      expect(server.requests).toEqual([])
    },
  )

  it('may be the whole bucket', async () => {
    const { sources } = openStorage({ ...server.settings(), STORAGE_URL: 's3://pictures' })
    await sources.put(key, Readable.from([Buffer.from('x')]))
    expect(server.keys).toEqual([key])
  })

  it.each([
    ['another key', { AWS_ACCESS_KEY_ID: 'stranger' }],
    ['a bucket that is not there', { STORAGE_URL: 's3://no-such-bucket' }],
  ])('with %s keeps nothing', async (_, wrong) => {
    const { sources } = openStorage({ ...server.settings(), ...wrong })
    const stored = sources.put(key, Readable.from([Buffer.from('x')]))
    await expect(stored).rejects.toMatchObject({ code: 'storage.failed' })
  })

  it('that refuses or is not there is a fault of ours, not a missing file', async () => {
    const refused = openStorage({ ...server.settings(), AWS_ACCESS_KEY_ID: 'stranger' })
    const nowhere = openStorage({ ...server.settings(), AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' })
    for (const { sources, files } of [refused, nowhere]) {
      await expect(sources.open(key, folder, never)).rejects.toMatchObject({ code: 'storage.failed' })
      await expect(files.find(key)).rejects.toMatchObject({ code: 'storage.failed' })
    }
  })

  it('without room says so', async () => {
    server.failures.push(507, 507, 507)
    const stored = open().sources.put(key, Readable.from([Buffer.from('x')]))
    await expect(stored).rejects.toMatchObject({ code: 'storage.full' })
  })
})
