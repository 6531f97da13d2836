import { type SmallDisk, smallDisk } from '@libs/testing'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { openStorage } from '../src'

const megabyte = 2 ** 20
let disk: SmallDisk | undefined

beforeAll(async () => {
  disk = await smallDisk(16)
  if (disk === undefined) console.warn('Not tried on a full disk: this process may not mount one.')
})
afterAll(() => disk?.remove())

/** Stores on a disk of 16 MB, of which some are to be left alone; undefined where there is no such disk. */
function open(minFreeMb: number) {
  return disk && openStorage({ STORAGE_URL: `file:${disk.folder}`, MIN_FREE_DISK_MB: minFreeMb })
}

/** Endless where nothing ends it, and says how much was taken of it. */
function aFilm(sizeMb: number) {
  const taken = { megabytes: 0 }
  function* pieces() {
    while (taken.megabytes++ < sizeMb) yield Buffer.alloc(megabyte, 'x')
  }
  return { taken, stream: Readable.from(pieces(), { highWaterMark: 1 }) }
}

const files = async () =>
  (await readdir(disk?.folder ?? '', { recursive: true, withFileTypes: true })).filter((each) => each.isFile())

it('a disk that fills while something is stored keeps nothing of it, and works on when there is room', async () => {
  const { sources } = open(0) ?? {}
  if (sources === undefined) return
  await expect(sources.put('sources/0/1', aFilm(40).stream)).rejects.toMatchObject({
    code: 'storage.full',
    retry: true,
  })
  expect(await files()).toEqual([])
  expect(await sources.put('sources/0/1', aFilm(8).stream)).toMatchObject({ sizeBytes: 8 * megabyte })
})

it('what would not leave enough room is refused before a byte of it is taken', async () => {
  const { sources, artifacts } = open(4) ?? {}
  if (sources === undefined || artifacts === undefined || disk === undefined) return
  await rm(join(disk.folder, 'sources'), { recursive: true, force: true })
  const { taken, stream } = aFilm(14)
  const refused = sources.put('sources/0/1', stream, { announcedBytes: 14 * megabyte })
  await expect(refused).rejects.toMatchObject({ code: 'storage.full' })
  expect(taken.megabytes).toBe(0)
  await writeFile(join(disk.folder, 'ballast'), Buffer.alloc(13 * megabyte))
  await expect(artifacts.put('artifacts/1.jpg', __filename)).rejects.toMatchObject({ code: 'storage.full' })
  await rm(join(disk.folder, 'ballast'))
  await artifacts.put('artifacts/1.jpg', __filename)
  expect(await files()).toHaveLength(1)
})
