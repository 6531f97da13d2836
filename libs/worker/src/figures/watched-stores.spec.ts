import { MemoryArtifactStore, MemorySourceStore } from '@libs/testing'
import { SourceFile } from '@libs/tasks'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { register } from 'prom-client'
import { WatchedArtifacts, WatchedSources } from './watched-stores'

const { signal } = new AbortController()

async function bytesThat(moved: 'read' | 'written'): Promise<number> {
  const counted = await register.getSingleMetric(`stillflow_store_${moved}_bytes_total`)?.get()
  return counted?.values[0]?.value ?? 0
}

/** As S3 has it: a local path is a copy of all the bytes. */
class FarFile extends SourceFile {
  readonly sizeBytes = 1_000
  readonly isRemote = true
  override read = async (_at: number, length: number) => Buffer.alloc(Math.min(length, 30))
  override localPath = async () => '/copy'
  override assertUnchanged = async () => undefined
}

it('counts what is put into the stores', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'watched-'))
  await writeFile(join(folder, 'a.jpg'), 'picture')
  await new WatchedSources(new MemorySourceStore()).put('source', Readable.from(['media']))
  await new WatchedArtifacts(new MemoryArtifactStore()).put('a.jpg', join(folder, 'a.jpg'))
  await rm(folder, { recursive: true })
  expect(await bytesThat('written')).toBe('mediapicture'.length)
})

it('counts the bytes that a read gives, and a file that is fetched once', async () => {
  const stored = new MemorySourceStore()
  jest.spyOn(stored, 'open').mockResolvedValue(new FarFile())
  const file = await new WatchedSources(stored).open('source', '/', signal)
  await file.read(0, 50, signal)
  expect(await bytesThat('read')).toBe(30)
  expect([await file.localPath(signal), await file.localPath(signal)]).toEqual(['/copy', '/copy'])
  expect(await bytesThat('read')).toBe(1_030)
})
