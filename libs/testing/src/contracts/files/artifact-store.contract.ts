import type { ArtifactStore } from '@libs/tasks'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ArtifactStoreUnderTest {
  readonly store: ArtifactStore
  /** The bytes that a reader gets for a key; undefined when there are none. */
  read(key: string): Promise<Buffer | undefined>
}

const key = 'artifacts/0/run/task/g1x1/picture-0.jpg'

/** What every store of artifacts must do; `open` gives an empty one. */
export function artifactStoreContract(open: () => Promise<ArtifactStoreUnderTest>): void {
  let folder: string
  let path: string
  let tested: ArtifactStoreUnderTest

  beforeEach(async () => {
    tested = await open()
    folder = await mkdtemp(join(tmpdir(), 'artifact-store-'))
    path = join(folder, 'made.jpg')
    await writeFile(path, 'first')
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('publishes the bytes of a file, and leaves the file alone', async () => {
    expect(await tested.store.put(key, path)).toEqual({ key, sizeBytes: 5 })
    expect((await tested.read(key))?.toString()).toBe('first')
    expect((await readFile(path)).toString()).toBe('first')
  })

  it('keeps what it published when the file changes later', async () => {
    await tested.store.put(key, path)
    await writeFile(path, 'second')
    expect((await tested.read(key))?.toString()).toBe('first')
    expect(await tested.store.put(key, path)).toEqual({ key, sizeBytes: 6 })
    expect((await tested.read(key))?.toString()).toBe('second')
  })

  it('publishes nothing when there is no file', async () => {
    await expect(tested.store.put(key, join(folder, 'not-there'))).rejects.toThrow()
    expect(await tested.read(key)).toBeUndefined()
  })

  it('takes names as people give them', async () => {
    const named = 'buckets/0/films/影片 50%2f#?/it\'s "one" & <two>+~.jpg'
    expect(await tested.store.put(named, path)).toEqual({ key: named, sizeBytes: 5 })
    expect((await tested.read(named))?.toString()).toBe('first')
    await tested.store.remove(named)
    expect(await tested.read(named)).toBeUndefined()
  })

  it('removes, also what is not there', async () => {
    await tested.store.put(key, path)
    await tested.store.remove(key)
    await tested.store.remove(key)
    expect(await tested.read(key)).toBeUndefined()
  })
}
