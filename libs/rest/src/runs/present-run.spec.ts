import { pictureKindNames } from '@libs/tasks'
import { aMedia, anOutput, aRun, aTask, ExampleFileUrls } from '@libs/testing'
import type { RunReport, SucceededTask } from '@libs/workflow'
import { presentRun } from './present-run'

const urls = new ExampleFileUrls()
const url = urls.urlOf('artifacts/0/1/still-0.jpg')
const still = { url, sizeBytes: 1_000, widthPx: 640, heightPx: 360, atMs: 3_500, ptsMs: 3_480 }

describe('presentRun', () => {
  const media = aMedia()
  const run = aRun(media, { state: 'finished' })

  it('shows what each kind brought, with the URLs of its files', () => {
    const tasks = pictureKindNames.map((kind) => ({ ...aTask(run, kind), state: 'succeeded', output: anOutput[kind] }))
    const report = { run, tasks: tasks as readonly SucceededTask[] } as RunReport<'coverBySnapshot'>
    const file = { url, sizeBytes: 1_000 }
    expect(presentRun({ report, media }, urls)).toMatchObject({
      state: 'finished',
      tasks: [
        { kind: 'snapshotByTimeOffset', state: 'succeeded', offsets: ['3.5s'], output: { stills: [still] } },
        { kind: 'sampleSnapshot', output: { stills: [still] } },
        { kind: 'imageSprites', output: { cellCount: 10, cellWidthPx: 142, sheets: [file], vtt: file } },
        { kind: 'coverBySnapshot', position: '50%', output: { cover: still } },
      ],
    })
  })

  it('shows why a task failed', () => {
    const fault = { code: 'media.noVideo', detail: 'no' } as const
    const tasks = [aTask(run, 'coverBySnapshot', { state: 'failed', fault })]
    const report = { run, tasks } as RunReport<'coverBySnapshot'>
    expect(presentRun({ report, media }, urls)).toMatchObject({ tasks: [{ state: 'failed', fault }] })
  })

  it('shows watermarks as they were asked for, not what is stored of them', () => {
    const task = aTask(run, 'coverBySnapshot', { definition: undefined })
    const [x, y] = [{ unit: 'px', value: 1 } as const, { unit: 'px', value: 2 } as const]
    const image = { key: 'watermarks/0/1.png', widthPx: 40, heightPx: 20 }
    const drawn = { type: 'image', image, width: x, height: y, transparencyPercent: 0, repeat: 'once' } as const
    const watermarks = [{ definition: 1000, origin: 'topLeft', x, y, mark: drawn }]
    const tasks = [
      {
        ...task,
        settings: { ...task.settings, watermarks },
        request: { ...task.request, watermarks: [{ definition: 1000 }] },
      },
    ]
    const report = { run, tasks } as RunReport<'coverBySnapshot'>
    expect(JSON.stringify(presentRun({ report, media }, urls).tasks[0]?.settings)).not.toContain('watermarks')
  })
})
