import { AppError } from '@libs/kernel'
import type { SourceFile, SourceStore } from '@libs/tasks'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

const key = 'sources/0/1400000000000000001'
const never = new AbortController().signal
const inPieces = (...pieces: readonly string[]): Readable => Readable.from(pieces.map((piece) => Buffer.from(piece)))

/** What every store of sources must do; `open` gives an empty one. */
export function sourceStoreContract(open: () => Promise<SourceStore>): void {
  let workspace: string
  let store: SourceStore

  beforeEach(async () => {
    store = await open()
    workspace = await mkdtemp(join(tmpdir(), 'source-store-'))
  })
  afterEach(() => rm(workspace, { recursive: true }))

  const opened = (): Promise<SourceFile> => store.open(key, workspace, never)
  const contentOf = async (): Promise<string> => readFile(await (await opened()).localPath(never), 'utf8')

  it('gives back what it was given, and says how much and what it was', async () => {
    const sha256 = createHash('sha256').update('one two').digest('hex')
    expect(await store.put(key, inPieces('one', ' ', 'two'))).toEqual({ sizeBytes: 7, sha256 })
    expect(await contentOf()).toBe('one two')
  })

  it('takes exactly the limit, and refuses one byte more', async () => {
    await store.put(key, inPieces('12', '34'), { maxBytes: 4 })
    expect(await contentOf()).toBe('1234')
    const tooMuch = store.put(key, inPieces('12', '345'), { maxBytes: 4 })
    await expect(tooMuch).rejects.toMatchObject({ code: 'request.tooLarge' })
    expect(await contentOf()).toBe('1234')
  })

  it('stores nothing of a stream that breaks, and passes its fault on', async () => {
    async function* broken() {
      yield Buffer.from('half')
      throw new AppError('media.temporarilyNotAccessible', 'gone')
    }
    await expect(store.put(key, Readable.from(broken()))).rejects.toMatchObject({
      code: 'media.temporarilyNotAccessible',
    })
    await expect(contentOf()).rejects.toMatchObject({ code: 'media.notAccessible' })
  })

  it('reads any range, and no further than the end', async () => {
    await store.put(key, inPieces('0123', '456789'))
    const source = await opened()
    expect(source.sizeBytes).toBe(10)
    const ranges = [
      [0, 4],
      [3, 3],
      [8, 5],
      [10, 1],
    ] as const
    const read = await Promise.all(ranges.map(([position, length]) => source.read(position, length, never)))
    expect(read.map(String)).toEqual(['0123', '345', '89', ''])
  })

  it('replaces a source whole', async () => {
    await store.put(key, inPieces('the longer first'))
    await store.put(key, inPieces('second'))
    expect(await contentOf()).toBe('second')
  })

  it('copies nothing of a URL that it has not signed', async () => {
    const url = 'https://videos.example.com/a%/b.mp4?X-Amz-Date=20261127T180000Z&X-Amz-Expires=604800'
    expect(await store.copy(key, url, {}, never)).toBe(false)
    await expect(contentOf()).rejects.toMatchObject({ code: 'media.notAccessible' })
  })

  it('removes, also what is not there', async () => {
    await store.put(key, inPieces('x'))
    await store.remove(key)
    await store.remove(key)
    await expect(contentOf()).rejects.toMatchObject({ code: 'media.notAccessible' })
  })
}
