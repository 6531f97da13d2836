import { AppError } from '@libs/kernel'
import { MemoryInfrastructure, MemoryUnitOfWork } from '@libs/testing'
import { type StoredFile, StoredFiles } from '@libs/workflow'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { Test } from '@nestjs/testing'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import supertest from 'supertest'
import { mountRest } from '../src/mount-rest'
import { RestModule } from '../src/rest.module'

const modifiedAt = new Date('2026-11-24T10:00:00.500Z')

/** Finds any key of one level; what is under `lost.jpg` cannot be read. */
class FolderOfFiles extends StoredFiles {
  constructor(private readonly folder: string) {
    super()
  }

  override async find(key: string): Promise<StoredFile | undefined> {
    if (!/^[\w.]+$/.test(key) || key === 'nothing.jpg') return undefined
    const path = join(this.folder, key)
    const sizeBytes = key === 'lost.jpg' ? 5 : (await stat(path)).size
    const read = async (start: number, lengthBytes: number) => {
      if (key === 'lost.jpg') throw new AppError('storage.failed', 'The storage could not bring a file.')
      return createReadStream(path, { start, end: start + lengthBytes - 1 })
    }
    return { sizeBytes, modifiedAt, entityTag: '"the-tag"', read }
  }

  override async join(): Promise<void> {
    return undefined
  }

  override async removeAll(): Promise<void> {
    return undefined
  }

  override async *list(): AsyncGenerator<never> {
    // No door lists files.
  }
}

describe('/files', () => {
  let folder: string
  let app: NestExpressApplication
  const told: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rest-files-'))
    await writeFile(join(folder, 'sprite.vtt'), 'WEBVTT\n')
    await writeFile(join(folder, 'page.html'), '<p>')
    const module = await Test.createTestingModule({
      imports: [MemoryInfrastructure.around(new MemoryUnitOfWork()), RestModule],
    })
      .overrideProvider(StoredFiles)
      .useValue(new FolderOfFiles(folder))
      .compile()
    const note = (message: unknown) => void told.push(String(message))
    app = module.createNestApplication<NestExpressApplication>()
    app.useLogger({ log: () => undefined, warn: note, error: note })
    mountRest(app)
    await app.listen(0, '127.0.0.1')
  })

  afterAll(async () => {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  })

  const get = (path: string) => supertest(app.getHttpServer()).get(path)

  it('are handed out whole and in ranges, to pages of any origin', async () => {
    const whole = await get('/files/sprite.vtt')
    expect([whole.status, whole.text, whole.headers['content-type']]).toEqual([
      200,
      'WEBVTT\n',
      'text/vtt; charset=utf-8',
    ])
    expect(whole.headers['access-control-allow-origin']).toBe('*')
    const part = await get('/files/sprite.vtt').set('Range', 'bytes=3-5')
    expect([part.status, part.text, part.headers['content-range']]).toEqual([206, 'VTT', 'bytes 3-5/7'])
  })

  it.each([
    ['bytes=0-0', 'W', 'bytes 0-0/7'],
    ['bytes=3-', 'VTT\n', 'bytes 3-6/7'],
    ['bytes=-2', 'T\n', 'bytes 5-6/7'],
    ['bytes=5-100', 'T\n', 'bytes 5-6/7'],
  ])('are handed out from any byte to any byte: %s', async (range, text, contentRange) => {
    const part = await get('/files/sprite.vtt').set('Range', range)
    expect([part.status, part.text, part.headers['content-range']]).toEqual([206, text, contentRange])
    expect(part.headers['content-length']).toBe(String(text.length))
  })

  it.each(['bytes=0-1,3-4', 'pages=1-2', 'bytes=x'])('are handed out whole for %s', async (range) => {
    const { status, text, headers } = await get('/files/sprite.vtt').set('Range', range)
    expect([status, text, headers['content-range']]).toEqual([200, 'WEBVTT\n', undefined])
  })

  it.each([
    [206, '"the-tag"'],
    [200, '"another-tag"'],
    [206, 'Tue, 24 Nov 2026 10:00:00 GMT'],
    [200, 'Tue, 24 Nov 2026 09:00:00 GMT'],
  ])('are handed out in part (%s) only to who has the rest: %s', async (status, ifRange) => {
    const got = await get('/files/sprite.vtt').set({ Range: 'bytes=3-5', 'If-Range': ifRange })
    expect([got.status, got.text]).toEqual([status, status === 206 ? 'VTT' : 'WEBVTT\n'])
  })

  it.each([
    ['If-None-Match', '"the-tag"'],
    ['If-Modified-Since', 'Tue, 24 Nov 2026 10:00:00 GMT'],
  ])('are not sent again to who has them: %s', async (name, value) => {
    const { status, text, headers } = await get('/files/sprite.vtt').set(name, value)
    expect([status, text, headers['etag']]).toEqual([304, '', '"the-tag"'])
    expect(headers['cache-control']).toContain('immutable')
  })

  it('are told of without being sent', async () => {
    const { status, text, headers } = await supertest(app.getHttpServer()).head('/files/sprite.vtt')
    expect([status, text]).toEqual([200, undefined])
    expect(headers).toMatchObject({
      'content-length': '7',
      'accept-ranges': 'bytes',
      etag: '"the-tag"',
      'last-modified': 'Tue, 24 Nov 2026 10:00:00 GMT',
    })
  })

  it('may be empty', async () => {
    await writeFile(join(folder, 'empty.vtt'), '')
    const { status, headers } = await get('/files/empty.vtt')
    expect([status, headers['content-length']]).toEqual([200, '0'])
  })

  it.each([
    ['still.jpg', 'image/jpeg'],
    ['still.png', 'image/png'],
    ['still.webp', 'image/webp'],
    ['still.avif', 'image/avif'],
  ])('are shown by browsers: %s as %s', async (name, contentType) => {
    await writeFile(join(folder, name), 'bytes')
    const { status, headers } = await get(`/files/${name}`)
    expect([status, headers['content-type'], headers['content-disposition']]).toEqual([200, contentType, undefined])
  })

  it('refuse a range beyond the end, which is no news for the log', async () => {
    const { status, headers, text } = await get('/files/sprite.vtt').set('Range', 'bytes=7-')
    expect([status, headers['content-range'], text]).toEqual([416, 'bytes */7', ''])
    expect(told).toEqual([])
  })

  it('never become a page of ours', async () => {
    const { headers } = await get('/files/page.html')
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
    })
  })

  it.each(['/files/nothing.jpg', '/files/', '/files/..%2fsprite.vtt', '/files/a%00'])(
    'are not listed, and end at their folder: %s',
    async (path) => {
      const { status, headers } = await get(path)
      expect([status, headers['content-type']]).toEqual([404, 'application/problem+json'])
    },
  )

  it('that cannot be read are told as a problem, which nobody keeps', async () => {
    const { status, headers } = await get('/files/lost.jpg')
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      503,
      'application/problem+json',
      undefined,
    ])
    expect(told.splice(0)).toEqual(['The storage could not bring a file.'])
  })
})
