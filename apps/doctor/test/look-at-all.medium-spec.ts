import { inheritedEnv } from '@libs/kernel'
import { migrateDatabase } from '@libs/persistence'
import { S3Server, testDatabase, type TestDatabase } from '@libs/testing'
import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrations } from '../../../migrations'
import { lookAtAll } from '../src/look-at-all'

jest.setTimeout(60_000)

let folder: string
let database: TestDatabase
let server: Server
let env: Record<string, string | undefined>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stillflow-doctor-test-'))
  database = await testDatabase()
  server = createServer((request, response) => response.end(request.url)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  env = {
    PATH: inheritedEnv()['PATH'],
    DATABASE_URL: database.url,
    QUEUE_DATABASE_URL: database.url,
    MASTER_KEY: randomBytes(32).toString('base64'),
    STORAGE_URL: `file:${join(folder, 'media')}`,
    WORK_DIR: folder,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    MIN_FREE_DISK_MB: '1',
  }
})

afterAll(async () => {
  server.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

/** What is not well, by what it is about. */
async function complaints(changed: Record<string, string> = {}, url?: string): Promise<Record<string, string>> {
  const findings = await lookAtAll(url, { ...env, ...changed })
  const bad = findings.filter(({ verdict, text }) => verdict !== 'well' && !text.includes('older than the fixes'))
  expect(bad.filter(({ advice }) => advice === undefined)).toEqual([])
  return Object.fromEntries(bad.map(({ about, verdict, text }) => [`${verdict} ${about}`, text]))
}

it('wants the migrations, and then finds nothing broken', async () => {
  expect(await complaints()).toMatchObject({ 'broken database': 'it has no schema; run the migrations' })
  await migrateDatabase(database.url, migrations.slice(0, -1))
  expect(await complaints()).toMatchObject({
    'broken database': 'its schema is 1 changes behind; run the migrations',
  })
  await migrateDatabase(database.url, migrations)
  expect(Object.keys(await complaints()).filter((about) => about.startsWith('broken'))).toEqual([])
})

it('names every setting that is wrong, and looks no further', async () => {
  const found = await lookAtAll(undefined, { STORAGE_URL: 'ftp:x', EGRESS_ALLOW: '10.0.0.0' })
  expect(found.map(({ about, text }) => [about, text.split(':')[0]])).toEqual([
    ['settings', 'DATABASE_URL'],
    ['settings', 'STORAGE_URL'],
    ['settings', 'EGRESS_ALLOW'],
  ])
})

it('says of each thing that it does not answer, and goes on to the next', async () => {
  const nowhere = '127.0.0.1:1'
  const found = await complaints({
    DATABASE_URL: `postgres://x@${nowhere}/x`,
    REDIS_URL: `redis://${nowhere}`,
    FFMPEG_PATH: '/nowhere/ffmpeg',
    PUBLIC_URL: `http://${nowhere}`,
    EGRESS_ALLOW: '0.0.0.0/0',
    MIN_FREE_DISK_MB: '1000000000',
  })
  expect(found['broken database']).toContain('ECONNREFUSED')
  expect(found['broken queue']).toBeDefined()
  expect(found['broken ffmpeg']).toContain('does not run')
  expect(found['look public url']).toBe(`nothing answers at http://${nowhere} from here`)
  expect(found['look egress']).toContain('0.0.0.0/0')
  expect(found['broken disk']).toContain('below 1000000000 MB')
})

it('tells a key that is not the database’s', async () => {
  await migrateDatabase(database.url, migrations)
  const keyless = await complaints({ MASTER_KEY: '' })
  expect(keyless['broken database']).toMatch(/MASTER_KEY/)
})

it('tries an S3 store, and passes its refusal on', async () => {
  const s3 = await S3Server.start()
  try {
    expect(Object.keys(await complaints(s3.settings()))).not.toContain('broken store')
    expect(s3.keys).toEqual([])
    const refused = await complaints({ ...s3.settings(), AWS_ACCESS_KEY_ID: 'stranger' })
    expect(refused['broken store']).toMatch(/AccessDenied|403|refuse/)
  } finally {
    await s3.stop()
  }
})

it('tries a URL as a pull would', async () => {
  const url = `${env['PUBLIC_URL'] ?? ''}/film.mp4`
  expect((await complaints({}, url))['broken url']).toMatch(/address|public/)
  const findings = await lookAtAll(url, { ...env, EGRESS_ALLOW: '127.0.0.0/8' })
  expect(findings.find(({ about }) => about === 'url')).toMatchObject({ verdict: 'well' })
})

it('says what a build of ffmpeg lacks', async () => {
  const spare = join(folder, 'spare-ffmpeg')
  const lines = ['h264', 'hevc', 'mov,mp4,m4a,3gp,3g2,mj2', 'png', 'image2', 'mpegts', 'scale', 'av1']
  const list = lines.map((name) => ` V....D ${name}  what it is`).join('\n')
  await writeFile(
    spare,
    `#!/bin/sh\ncase "$*" in\n*-version*) echo 'ffmpeg version 9.0.2';;\n*) echo '${list}';;\nesac\n`,
  )
  await chmod(spare, 0o755)
  const texts = (await lookAtAll(undefined, { ...env, FFMPEG_PATH: spare, MEDIA_SANDBOX: 'off' }))
    .filter(({ about, verdict }) => about === 'ffmpeg' && verdict !== 'well')
    .map(({ text }) => text)
  expect(texts).toContain('it lacks JPEG pictures')
  expect(texts).toContain('it lacks the filter lut3d')
  expect(texts).not.toContain('it lacks PNG pictures')
  expect(texts.find((text) => text.startsWith('it cannot read'))).toMatch(/WebM.*VP9, AV1/)
})
