import { execFile } from 'node:child_process'
import { mkdir, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { caseOf, type Trial } from '../case'
import { clock } from '../inputs/make'
import { fails, succeeds } from '../judging/expectations'
import { refusal, upload } from '../judging/trials'
import type { Lab } from '../lab'

const run = promisify(execFile)
const time = { clock: {}, sizePx: [160, 90] } as const
const missing = fails('media.notAccessible')
const created = z.object({ id: z.number() })

/** A stored source turns into something else, and is asked for. */
function planted(name: string, plant: (path: string) => Promise<unknown>): Trial {
  return {
    name,
    async run(lab) {
      const { mediaId, path } = await lab.readyMedia()
      await rename(path, `${path}.aside`)
      await plant(path)
      try {
        return await missing(await lab.process(mediaId), lab)
      } finally {
        await rm(path, { recursive: true, force: true })
        await rename(`${path}.aside`, path)
      }
    },
  }
}

const named = (what: string, name: string): Trial => ({
  ...upload('65-named.mp4', clock(), succeeds(time), { named: name }),
  name: what,
})

const foreignIds = [
  '../../x',
  '%2e%2e',
  '..%2f..%2fx',
  'a\0b',
  'a\u2215b',
  '..\u2044x',
  '1'.repeat(64),
  '-1',
  "1' or '1'='1",
]

const askedFor = (id: string): readonly Trial[] => [
  refusal(
    `GET ${JSON.stringify(id)}`,
    ({ rest }) => rest.call(`/v1/media/${encodeURIComponent(id)}`),
    404,
    // No store can hold it, so it is no address at all.
    id.includes('\0') ? 'request.unknownAction' : 'media.notFound',
  ),
  refusal(
    `POST ${JSON.stringify(id)}`,
    (lab) => lab.rest.post('/v1/runs', { mediaId: id, tasks: lab.tasks(['0s']) }),
    id.includes('\0') ? 422 : 404,
    /^(media\.notFound|request\.invalidValue)$/,
  ),
]

/** How things come in: 63 to 66, and 108. */
export const entering = [
  caseOf({
    ...{
      number: 63,
      title: 'symbolic link to a system file',
      made: 'put in the place of a stored source',
      quick: true,
    },
    decision:
      'A caller sends bytes and can name no place, so only the store itself is left to try: links are not followed.',
    trials: () => [planted('63-link', (path) => symlink('/etc/passwd', path))],
  }),
  caseOf({
    ...{
      number: 64,
      title: 'pipe, device or folder as input',
      made: 'put in the place of a stored source',
      quick: true,
    },
    decision: 'As 63; nothing waits for a pipe.',
    trials: () => [
      planted('64-pipe', (path) => run('mkfifo', [path])),
      planted('64-device', (path) => symlink('/dev/zero', path)),
      planted('64-folder', (path) => mkdir(join(path, 'in'), { recursive: true })),
    ],
  }),
  caseOf({
    ...{
      number: 65,
      title: 'names: options, commands, line breaks, protocols, patterns, 300 bytes, RTL',
      made: 'uploads',
    },
    decision: 'A name is for people alone; files are kept under ids.',
    trials: () => [
      named('option', '-i.mp4'),
      named('command', 'a;$(id)`id`.mp4'),
      named('line', 'a\nb.mp4'),
      named('protocol', 'concat:x|y.mp4'),
      named('pattern', '%03d.mp4'),
      named('long', `${'x'.repeat(300)}.mp4`),
      named('right to left', '\u202e4pm.exe.mp4'),
      named('climbing', '../../../../etc/passwd.mp4'),
    ],
  }),
  caseOf({
    ...{ number: 66, title: 'media ids that climb, or hold odd characters', made: 'calls', quick: true },
    trials: () => foreignIds.flatMap(askedFor),
  }),
  caseOf({
    ...{ number: 108, title: 'two sub-applications, the same id', made: 'calls of both', quick: true },
    decision: "Another's media is answered as one that does not exist, byte for byte.",
    trials: () => [{ name: '108', run: isolated }],
  }),
]

async function isolated(lab: Lab): Promise<string> {
  const { mediaId } = await lab.readyMedia()
  const { id: subAppId } = created.parse(await lab.rest.ask('/v1/sub-apps', { name: `corpus ${Date.now()}` }))
  const other = lab.rest.inSubApp(subAppId)
  const absent = `${mediaId.slice(0, -1)}${(Number(mediaId.at(-1)) + 1) % 10}`
  const answers = await Promise.all(
    [mediaId, absent].flatMap((id) => [
      other.call(`/v1/media/${id}`),
      other.call(`/v1/media/${id}`, { method: 'DELETE' }),
      other.post('/v1/runs', { mediaId: id, tasks: [{ kind: 'imageSprites', definition: 10 }] }),
    ]),
  )
  const told = await Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`))
  const [theirs, nobodys] = [told.slice(0, 3), told.slice(3)].map((all) => all.join('\n').replaceAll(/\d{10,}/g, 'id'))
  if (theirs !== nobodys || !theirs?.startsWith('404')) throw new Error(`${theirs ?? ''} differs from ${nobodys ?? ''}`)
  return succeeds(time)(await lab.process(mediaId), lab)
}
