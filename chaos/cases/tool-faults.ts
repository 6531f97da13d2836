import { z } from 'zod'
import type { FaultCase } from '../fault-case'

const everywhere = ['redis', 'postgres'] as const

/** F17: ffmpeg hangs, and does not end when it is asked to. */
export const toolHang: FaultCase = {
  id: 'F17',
  title: 'one ffmpeg in five hangs',
  backends: everywhere,
  runs: 200,
  convergeWithinS: 120,
  lab: {
    tool: { setting: 'FFMPEG_PATH', script: 'hangs.sh' },
    env: { MEDIA_WALL_SECONDS: '5', MEDIA_STALL_SECONDS: '3' },
  },
  mayFailWith: ['task.timedOut'],
  async harm({ isOver, pause }) {
    while (!isOver()) await pause(1_000)
    return 1
  },
  check: ({ failedTasks, accepted }) =>
    accepted >= 100 && (failedTasks['task.timedOut'] ?? 0) === 0 ? ['no ffmpeg was seen to hang'] : [],
}

/** F18: ffmpeg crashes, runs out of memory, or lies. */
export const toolBreak: FaultCase = {
  id: 'F18',
  title: 'one ffmpeg in five crashes, takes all memory or makes nothing',
  backends: everywhere,
  runs: 200,
  convergeWithinS: 120,
  lab: { tool: { setting: 'FFMPEG_PATH', script: 'breaks.sh' }, env: { MEDIA_MEMORY_MB: '512' } },
  mayFailWith: ['media.crashedDecoder', 'media.tooMuchMemory', 'media.malformed'],
  async harm({ isOver, pause }) {
    while (!isOver()) await pause(1_000)
    return 1
  },
}

/** The one picture size of the suite at which `kills-worker.sh` kills. */
const poisonSize = { widthPx: 80, heightPx: 45 }
const made = z.object({ definition: z.int() })

/** F19: pictures that kill whoever makes them, among others that are harmless. */
export const poisonPill: FaultCase = {
  id: 'F19',
  title: 'pictures that kill their worker',
  backends: everywhere,
  runs: 200,
  convergeWithinS: 240,
  lab: { tool: { setting: 'FFMPEG_PATH', script: 'kills-worker.sh' }, env: { MEDIA_SANDBOX: 'off' } },
  mayFailWith: ['task.crashed'],
  async harm({ lab, runs, isOver, pause }) {
    const poison = await lab.upload()
    const template = { name: 'poison', settings: poisonSize }
    const { definition } = made.parse(await lab.caller.call('POST', '/v1/templates/snapshot-by-time-offset', template))
    const tasks = [{ kind: 'coverBySnapshot', definition, position: '50%' }]
    const count = Math.max(1, Math.round(runs / 10))
    for (let n = 0; n < count; n += 1) await lab.caller.askForRun({ mediaId: poison, tasks })
    while (!isOver()) await pause(1_000)
    return count
  },
  async check({ failedTasks }, lab) {
    const sql = `select count(*) filter (where fault->>'code' = 'task.crashed')::int as crashed, count(*)::int as all
                 from task where media_id <> $1 and kind <> 'ingest'`
    const [poisoned] = await lab.query<{ crashed: number; all: number }>(sql, [lab.mediaId])
    const complaint = `${failedTasks['task.crashed'] ?? 0} tasks crashed, of ${poisoned?.all ?? 0} with poison ${poisoned?.crashed ?? 0}`
    const isRight = poisoned?.crashed === poisoned?.all && poisoned?.all === (failedTasks['task.crashed'] ?? 0)
    return isRight ? [] : [complaint]
  },
}
