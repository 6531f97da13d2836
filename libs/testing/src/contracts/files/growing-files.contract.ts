import type { GrowingFiles } from '@libs/workflow'
import { Readable } from 'node:stream'

export interface GrowingFilesUnderTest {
  readonly growing: GrowingFiles
  /** The bytes of a stored file. */
  read(key: string): Promise<Buffer | undefined>
  /** What there is in the storage, finished or not. */
  leftovers(): Promise<readonly string[]>
}

const key = 'sources/0/1400000000000000001/clip.mp4'
const megabyte = 2 ** 20
const aPiece = (sizeBytes: number, from = 0) =>
  Buffer.from(Uint8Array.from({ length: sizeBytes }, (_, index) => (from + index) % 251))
const streamOf = (bytes: Buffer) => Readable.from([bytes])

/** What every storage of growing files must do; `open` gives an empty one. */
export function growingFilesContract(open: () => Promise<GrowingFilesUnderTest>): void {
  let tested: GrowingFilesUnderTest
  let growing: GrowingFiles

  beforeEach(async () => {
    tested = await open()
    growing = tested.growing
  })

  it('puts pieces one behind the other, and stores them when they are whole', async () => {
    const whole = aPiece(20 * megabyte)
    const cuts = [0, 3, 6 * megabyte, 15 * megabyte + 1, whole.length]
    const file = { key, sizeBytes: whole.length }
    await growing.begin(file)
    expect(await growing.sizeOf(key)).toBe(0)
    for (const [index, end] of cuts.slice(1).entries()) {
      const at = cuts[index] ?? 0
      expect(await tested.read(key)).toBeUndefined()
      expect(await growing.append(file, at, streamOf(whole.subarray(at, end)))).toBe(end)
      expect(await growing.sizeOf(key)).toBe(end)
    }
    for (let times = 0; times < 2; times += 1) await growing.finish(key)
    expect((await tested.read(key))?.equals(whole)).toBe(true)
    expect(await growing.sizeOf(key)).toBe(whole.length)
    expect(await tested.leftovers()).toHaveLength(1)
  })

  it('takes one whose length is told late', async () => {
    const whole = aPiece(9 * megabyte)
    await growing.begin({ key, sizeBytes: undefined })
    const half = 5 * megabyte + 7
    expect(await growing.append({ key, sizeBytes: undefined }, 0, streamOf(whole.subarray(0, half)))).toBe(half)
    await growing.declare(key, whole.length)
    expect(await growing.append({ key, sizeBytes: whole.length }, half, streamOf(whole.subarray(half)))).toBe(
      whole.length,
    )
    await growing.finish(key)
    expect((await tested.read(key))?.equals(whole)).toBe(true)
  })

  it('takes one whose length is told after its last byte', async () => {
    await growing.begin({ key, sizeBytes: undefined })
    await growing.append({ key, sizeBytes: undefined }, 0, streamOf(aPiece(5)))
    await growing.declare(key, 5)
    await growing.finish(key)
    expect(await tested.read(key)).toEqual(aPiece(5))
    expect(await tested.leftovers()).toHaveLength(1)
  })

  it('takes one of no bytes', async () => {
    await growing.begin({ key, sizeBytes: 0 })
    await growing.finish(key)
    expect(await tested.read(key)).toEqual(Buffer.alloc(0))
  })

  it('goes on from where a stream broke', async () => {
    const whole = aPiece(12 * megabyte)
    const file = { key, sizeBytes: whole.length }
    async function* broken() {
      yield whole.subarray(0, 9 * megabyte)
      throw new Error('The line is gone.')
    }
    await growing.begin(file)
    await expect(growing.append(file, 0, Readable.from(broken()))).rejects.toThrow()
    const at = (await growing.sizeOf(key)) ?? NaN
    expect(at).toBeLessThanOrEqual(9 * megabyte)
    await growing.append(file, at, streamOf(whole.subarray(at)))
    await growing.finish(key)
    expect((await tested.read(key))?.equals(whole)).toBe(true)
  })

  it('knows nothing of what was not begun, and leaves nothing of what was removed', async () => {
    expect(await growing.sizeOf(key)).toBeUndefined()
    await growing.remove(key)
    await growing.begin({ key, sizeBytes: 9 })
    await growing.append({ key, sizeBytes: 9 }, 0, streamOf(aPiece(5)))
    await growing.remove(key)
    expect(await growing.sizeOf(key)).toBeUndefined()
    expect(await tested.leftovers()).toEqual([])
    await expect(growing.finish(key)).rejects.toMatchObject({ code: 'storage.failed' })
  })
}
