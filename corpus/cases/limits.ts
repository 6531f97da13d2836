import { openAsBlob } from 'node:fs'
import { appendFile, copyFile, open, rm } from 'node:fs/promises'
import { h264 } from '@libs/testing'
import { caseOf, type Trial } from '../case'
import { clockIn, made, quickH264, testPicture } from '../inputs/make'
import { fails, succeedsOr, wrong } from '../judging/expectations'
import { pull, refusal, upload } from '../judging/trials'
import type { Lab } from '../lab'
import { asksFor } from '../product/stub-ffmpeg'

const large = 150 * 1024 * 1024

/** A film at whose end the stub in ffmpeg's place finds what to do. */
const told = (what: 'spin' | 'crash') => async (path: string) => {
  await clockIn([...h264({ gopFrames: 25 })])(path)
  await appendFile(path, asksFor(what))
}

/** A source goes while pictures are made of it: each task has all its pictures or says that it has none. */
const deletedMidway: Trial = {
  name: '101-deleted.mp4',
  async run(lab) {
    const { mediaId, path } = await lab.readyMedia()
    const running = lab.process(mediaId)
    await rm(path)
    const end = await running
    const states = end.tasks.map(({ state, fault }) => fault?.code ?? state)
    const allowed = ['succeeded', 'media.notAccessible', 'storage.failed', 'media.malformed']
    if (!states.every((state) => allowed.includes(state))) throw wrong(end, `expected ${allowed.join(' or ')}`)
    return 'each succeeds whole or fails: media.notAccessible'
  },
}

/** Another clip lies in the place of the one that was brought in, before any picture is asked for. */
const replacedBefore: Trial = {
  name: '101-replaced.mp4',
  async run(lab) {
    const { mediaId, path } = await lab.readyMedia()
    const other = await lab.once('101-other.mp4', made(...testPicture('160x90', 4), ...quickH264))
    await rm(path)
    await copyFile(other, path)
    return fails('media.notAccessible')(await lab.process(mediaId), lab)
  },
}

/** Nothing but a beginning, and zeros that take no room until they are sent. */
async function zeros(path: string): Promise<void> {
  await made(...testPicture('160x90', 1), ...quickH264, '-f', 'matroska', '-live', '1')(path)
  await appendFile(path, Buffer.from('1f43b67501ffffffffffffff', 'hex'))
  const file = await open(path, 'r+')
  await file.truncate(1024 * 1024 * 1024)
  await file.close()
}

async function tooLargeForDisk(lab: Lab): Promise<string> {
  return lab.world.origins.at('/102-large.mp4', (_request, response) => {
    response.writeHead(200, { 'content-length': large })
    const piece = Buffer.alloc(1 << 20)
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
    }
    response.on('drain', more)
    more()
  })
}

async function sendLarge(lab: Lab): Promise<Response> {
  const path = await lab.once('102-large.bin', async (file) => {
    const handle = await open(file, 'w')
    await handle.truncate(large)
    await handle.close()
  })
  return lab.rest.postFile({ bytes: await openAsBlob(path), name: 'large.mp4' })
}

/** What runs into the limits of processes and disks: 101 to 106. */
export const limits = [
  caseOf({
    ...{
      number: 101,
      title: 'file deleted or replaced',
      made: 'the stored source is removed midway, or is another clip',
    },
    decision: 'A source whose size is not what was brought in, or that changes while it is read, is not taken for it.',
    trials: () => [deletedMidway, replacedBefore],
  }),
  caseOf({
    ...{
      number: 102,
      title: 'source larger than the free disk',
      made: 'a small disk, 150 MB',
      small: true,
      needsRoot: true,
      waits: true,
    },
    decision: 'An upload is refused at once; a pull is tried again, for room may come.',
    trials: () => [
      refusal('102-upload', sendLarge, 507, 'storage.full'),
      pull('102-pull', tooLargeForDisk, fails('storage.full', { retries: 5 })),
    ],
  }),
  caseOf({
    ...{
      number: 103,
      title: '1 GB of Matroska, nearly all zeros, without an index',
      made: 'a sparse file',
      waits: true,
    },
    decision: 'What is there is taken; the zeros are read past within the limits of time.',
    trials: () => [upload('103-zeros.mkv', zeros, succeedsOr(['task.timedOut', 'media.malformed'], { detail: 8 }))],
  }),
  caseOf({
    ...{ number: 104, title: 'decoder that spins', made: 'a program in the place of ffmpeg', small: true },
    decision: 'Ended when it has read and written nothing for MEDIA_STALL_SECONDS (3 here).',
    trials: () => [upload('104-spin.ts', told('spin'), fails('task.timedOut'))],
  }),
  caseOf({
    ...{ number: 105, title: 'ffmpeg crashes', made: 'a program in the place of ffmpeg', small: true },
    decision: 'Tried once more by itself with one thread, then told.',
    trials: () => [upload('105-crash.ts', told('crash'), fails('media.crashedDecoder'))],
  }),
  caseOf({
    ...{ number: 106, title: 'ffmpeg has too little memory', made: '8K with 400 MB of address space', small: true },
    trials: () => [
      upload('106-8k.mp4', made(...testPicture('8192x4320', 1, 2), ...quickH264), fails('media.tooMuchMemory')),
    ],
  }),
]
