import { MemoryInfrastructure, MemoryUnitOfWork } from '@libs/testing'
import { StoredFiles } from '@libs/workflow'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { Test } from '@nestjs/testing'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import supertest from 'supertest'
import { mountRest } from '../src/mount-rest'
import { RestModule } from '../src/rest.module'

/** Finds any key of one level. */
class FolderOfFiles extends StoredFiles {
  constructor(private readonly folder: string) {
    super()
  }

  override find(key: string): string | undefined {
    return /^[\w.]+$/.test(key) && key !== 'nothing.jpg' ? join(this.folder, key) : undefined
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
})
