import { z } from 'zod'
import { caseOf } from '../case'
import { made, quickH264 } from '../inputs/make'
import { succeeds } from '../judging/expectations'
import { refusal, upload } from '../judging/trials'
import type { Lab } from '../lab'

const time = { clock: {}, sizePx: [160, 90] } as const
const created = z.object({ definition: z.int() })

/** Too much of a good thing: 78, 79 and 107. */
export const scale = [
  caseOf({
    ...{ number: 78, title: '100,000 snapshots asked for', made: 'a call', quick: true },
    decision: 'One task has at most 10,000 pictures.',
    trials: () => [
      refusal(
        '78',
        ({ rest }) => {
          const offsets = Array.from({ length: 100_000 }, (_, index) => index)
          const tasks = [{ kind: 'snapshotByTimeOffset', definition: 10, offsets }]
          return rest.post('/v1/runs', { mediaId: '1', tasks })
        },
        422,
        'request.invalidValue',
      ),
    ],
  }),
  caseOf({
    ...{ number: 79, title: '30 hours of video, a sprite cell each second', made: 'one frame in ten minutes' },
    decision: 'The one task that would have 108,000 cells fails; the others of the run do not.',
    trials: () => [
      upload('79-day.mp4', made('-f', 'lavfi', '-i', 'testsrc2=s=160x90:d=108000:r=1/600', ...quickH264), tooManyCells),
    ],
  }),
  caseOf({
    ...{ number: 107, title: 'the same input by 50 tasks at once', made: 'one run of 50 covers' },
    trials: () => [
      {
        name: '107',
        async run(lab) {
          const { mediaId } = await lab.readyMedia()
          const covers = Array.from({ length: 50 }, (_, task) => lab.cover(task * 80))
          return succeeds(time)(await lab.process(mediaId, covers), lab)
        },
      },
    ],
  }),
]

async function tooManyCells(end: { mediaId: string }, lab: Lab): Promise<string> {
  const settings = { widthPx: 64, heightPx: 36, rows: 10, columns: 10, sampling: { by: 'time', intervalMs: 1000 } }
  const { definition } = created.parse(await lab.rest.ask('/v1/templates/image-sprite', { settings }))
  const { tasks } = await lab.process(end.mediaId, [{ kind: 'imageSprites', definition }, lab.cover(1000)])
  const codes = tasks.map(({ state, fault }) => fault?.code ?? state)
  if (codes.join() !== 'task.invalidConfiguration,succeeded') throw new Error(`the tasks ended ${codes.join()}`)
  return 'the sprite fails: task.invalidConfiguration; the cover succeeds'
}
