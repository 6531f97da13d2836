import type { SourceStore } from '@libs/tasks'
import type { StoredFiles } from '@libs/workflow'
import { Readable } from 'node:stream'

export interface JoinedFilesUnderTest {
  readonly sources: SourceStore
  readonly files: StoredFiles
  /** The bytes of a stored file. */
  read(key: string): Promise<Buffer | undefined>
}

const whole = 'sources/0/1400000000000000001/clip.mp4'
const keyOf = (index: number) => `uploads/0/token/0000${index}`
const aPiece = (sizeBytes: number, from: number) =>
  Buffer.alloc(sizeBytes, Buffer.from(Array.from({ length: 251 }, (_, index) => (from + index) % 251)))
const megabyte = 2 ** 20

/** What every storage must do that joins files; `open` gives an empty one. */
export function joinedFilesContract(open: () => Promise<JoinedFilesUnderTest>): void {
  let tested: JoinedFilesUnderTest
  beforeEach(async () => {
    tested = await open()
  })

  const put = async (sizes: readonly number[]) => {
    const pieces = sizes.map((size, index) => aPiece(size, 17 * index))
    for (const [index, piece] of pieces.entries()) await tested.sources.put(keyOf(index), Readable.from([piece]))
    return { keys: pieces.map((_, index) => keyOf(index)), bytes: Buffer.concat(pieces) }
  }

  it.each([
    ['one short', [5]],
    ['one of no bytes', [0]],
    ['some short', [5, 0, 7, 1]],
    ['long', [9 * megabyte, 8 * megabyte]],
    ['long and short', [3, 9 * megabyte, 20 * megabyte + 1, 2, 2, 0, 6 * megabyte, 4 * megabyte, 9 * megabyte, 1]],
  ])('puts files one behind the other: %s', async (_, sizes) => {
    const { keys, bytes } = await put(sizes)
    await tested.files.join(keys, whole)
    expect((await tested.read(whole))?.equals(bytes)).toBe(true)
    const last = keys.length - 1
    expect((await tested.read(keyOf(last)))?.length).toBe(sizes[last])
  })

  it('makes nothing where one is missing', async () => {
    const { keys } = await put([9 * megabyte, 5])
    const joined = tested.files.join([...keys, keyOf(9)], whole)
    await expect(joined).rejects.toMatchObject({ code: 'storage.failed' })
    expect(await tested.read(whole)).toBeUndefined()
  })
}
