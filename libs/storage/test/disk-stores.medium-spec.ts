import { readEnv } from '@libs/kernel'
import {
  artifactStoreContract,
  growingFilesContract,
  joinedFilesContract,
  MemoryArtifactStore,
  MemoryGrowingFiles,
  MemorySourceStore,
  sourceStoreContract,
} from '@libs/testing'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { DiskFolder } from '../src/disk/disk-folder'
import { openStorage } from '../src/open-storage'
import { storageEnv } from '../src/storage.env'
import { storedBytes } from './stored-bytes'

const never = new AbortController().signal

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'disk-stores-'))
})
afterEach(async () => {
  await rm(root, { recursive: true })
})

const open = () => openStorage({ STORAGE_URL: `file:${root}` })

describe('artifacts on disk', () => {
  artifactStoreContract(async () => {
    const { artifacts, files } = open()
    return { store: artifacts, read: (key) => storedBytes(files, key) }
  })
})

describe('artifacts in memory', () => {
  artifactStoreContract(async () => {
    const store = new MemoryArtifactStore()
    return { store, read: async (key) => store.files.get(key) }
  })
})

describe('joined files on disk', () => {
  joinedFilesContract(async () => {
    const { sources, files } = open()
    return { sources, files, read: (key) => storedBytes(files, key) }
  })
})

describe('growing files on disk', () => {
  growingFilesContract(async () => {
    const { growing, files } = open()
    const leftovers = async () =>
      (await readdir(root, { recursive: true, withFileTypes: true }))
        .filter((each) => each.isFile())
        .map(({ name }) => name)
    return { growing, read: (key) => storedBytes(files, key), leftovers }
  })
})

describe('growing files in memory', () => {
  growingFilesContract(async () => {
    const sources = new MemorySourceStore()
    const growing = new MemoryGrowingFiles(sources)
    const read = async (key: string) => {
      const file = await sources.open(key, root, never).catch(() => undefined)
      return file && (await readFile(await file.localPath(never)))
    }
    const leftovers = async () => growing.keys
    return { growing, read, leftovers }
  })
})

it('removes all that is under a key on disk, and nothing beside it', async () => {
  const { sources, files } = open()
  const keys = ['sources/0/1/a.mp4', 'sources/0/1/deep/b.mp4', 'sources/0/10/c.mp4']
  for (const each of keys) await sources.put(each, Readable.from([Buffer.from('x')]))
  await files.removeAll('sources/0/1')
  await files.removeAll('sources/0/1')
  expect(await Promise.all(keys.map(async (each) => (await files.find(each)) !== undefined))).toEqual([
    false,
    false,
    true,
  ])
  await expect(files.removeAll('../outside')).rejects.toMatchObject({ code: 'storage.failed' })
})

describe('sources on disk', () => sourceStoreContract(async () => open().sources))
describe('sources in memory', () => sourceStoreContract(async () => new MemorySourceStore()))

describe('the folder', () => {
  const hostile = [
    '../outside',
    'sources/../../outside',
    '/etc/passwd',
    'sources//x',
    'sources/',
    '',
    '.incoming/x',
    'sources/.hidden',
    'sources/a\\b',
    'sources/a\0b',
    'sources/./x',
    'sources/a\nb',
    `sources/${'ä'.repeat(128)}`,
    Array.from({ length: 9 }, () => 'x'.repeat(100)).join('/'),
  ]

  it.each(hostile)('takes no key like %j', async (key) => {
    const { sources, artifacts, files } = open()
    const file = join(root, 'file')
    await writeFile(file, 'x')
    await expect(sources.put(key, Readable.from([Buffer.from('x')]))).rejects.toMatchObject({ code: 'storage.failed' })
    await expect(artifacts.put(key, file)).rejects.toMatchObject({ code: 'storage.failed' })
    await expect(sources.remove(key)).rejects.toMatchObject({ code: 'storage.failed' })
    await expect(sources.open(key, root, never)).rejects.toMatchObject({ code: 'media.notAccessible' })
    expect(await files.find(key)).toBeUndefined()
  })

  it('follows no link and opens nothing but files', async () => {
    const { sources, files } = open()
    await mkdir(join(root, 'artifacts/folder'), { recursive: true })
    await symlink('/etc/hostname', join(root, 'artifacts/link'))
    for (const key of ['artifacts/link', 'artifacts/folder']) {
      expect(await files.find(key)).toBeUndefined()
      await expect(sources.open(key, root, never)).rejects.toMatchObject({ code: 'media.notAccessible' })
    }
  })

  it('notices that a source was replaced, also by one as long, or removed', async () => {
    const { sources } = open()
    const bring = (text: string) => sources.put('sources/1', Readable.from([Buffer.from(text)]))
    await bring('first')
    const first = await sources.open('sources/1', root, never)
    await expect(first.assertUnchanged()).resolves.toBeUndefined()
    await bring('other')
    await expect(first.assertUnchanged()).rejects.toMatchObject({ code: 'media.notAccessible' })
    const other = await sources.open('sources/1', root, never)
    await sources.remove('sources/1')
    await expect(other.assertUnchanged()).rejects.toMatchObject({ code: 'media.notAccessible' })
  })

  it('leaves nothing half-written, and clears away what a dead process left', async () => {
    const incoming = join(root, '.incoming')
    await mkdir(incoming)
    await writeFile(join(incoming, 'old'), 'half')
    await writeFile(join(incoming, 'fresh'), 'half')
    const twoDaysAgo = Date.now() / 1_000 - 172_800
    await utimes(join(incoming, 'old'), twoDaysAgo, twoDaysAgo)
    const { sources } = open()
    const key = 'sources/0/1'
    const tooMuch = sources.put(key, Readable.from([Buffer.from('12')]), { maxBytes: 1 })
    await expect(tooMuch).rejects.toMatchObject({ code: 'request.tooLarge' })
    expect(await readdir(incoming)).toEqual(['fresh'])
    expect(existsSync(join(root, 'sources'))).toBe(false)
  })

  it('forgets a removed file and the folder that it had for itself', async () => {
    const { sources } = open()
    for (const key of ['sources/0/1/a.mp4', 'sources/0/2/b.mp4']) await sources.put(key, Readable.from(['x']))
    await sources.remove('sources/0/1/a.mp4')
    expect(await readdir(join(root, 'sources/0'))).toEqual(['2'])
    await sources.put('sources/0/2/c.mp4', Readable.from(['x']))
    await sources.remove('sources/0/2/b.mp4')
    expect(await readdir(join(root, 'sources/0/2'))).toEqual(['c.mp4'])
  })

  it('says so when the disk is full', async () => {
    // Every write to this device fails as on a full disk.
    const stored = new DiskFolder(root).store('sources/0/1', () => writeFile('/dev/full', 'x'))
    await expect(stored).rejects.toMatchObject({ code: 'storage.full', retry: true })
  })

  it('says so when the folder cannot be used', async () => {
    const { sources } = openStorage({ STORAGE_URL: `file:${__filename}` })
    const stored = sources.put('sources/0/1', Readable.from([Buffer.from('x')]))
    await expect(stored).rejects.toMatchObject({ code: 'storage.failed' })
  })
})

describe('STORAGE_URL', () => {
  it.each([
    'file:relative/folder',
    'file:/absolute',
    'file:///absolute',
    's3://bucket',
    's3://bucket/',
    's3://my.bucket-1/a/prefix',
    's3://bucket/a/prefix/',
  ])('may be %s', (url) => {
    expect(readEnv(storageEnv, { STORAGE_URL: url })).toEqual({ STORAGE_URL: url })
  })

  it.each([
    undefined,
    'file:',
    '/folder',
    's3://',
    's3:bucket',
    's3://Bucket',
    's3://bucket/../other',
    's3://bucket//prefix',
    's3://bucket?query',
  ])('may not be %s', (url) => {
    const problem = 'STORAGE_URL: expected file:<folder> or s3://<bucket>/<prefix>'
    expect(() => readEnv(storageEnv, { STORAGE_URL: url })).toThrow(problem)
  })
})
