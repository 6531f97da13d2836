import { mainSubApp } from '@libs/kernel'
import type { TemplateSettings } from '@libs/tasks'
import { type OpenActions, openActions } from '../../../test/open-actions'
import { templateIdOf } from '../../aliyun-rpc/snapshots/template-id'
import { aliyunIms } from '../aliyun-ims.dialect'

let open: OpenActions

beforeEach(async () => {
  open = await openActions(aliyunIms)
})

const picture = {
  widthPx: 640,
  heightPx: 0,
  resolutionAdaptive: true,
  format: 'webp',
  fill: 'gauss',
  quality: 40,
  chroma: '444',
  accuracy: 'keyframe',
  sampling: { by: 'time', intervalMs: 1_500 },
} as const
const sampled: TemplateSettings['sampleSnapshot'] = { ...picture, avoidBlack: { sharePercent: 20, belowLevel: 9 } }
const sheet = { rows: 3, columns: 4, paddingPx: 1, marginPx: 2, background: '#102030', delivery: 'both' } as const
const sprite: TemplateSettings['imageSprite'] = { ...picture, ...sheet }

async function templateOf(template: 'sampleSnapshot' | 'imageSprite'): Promise<string> {
  const { templates } = open.unitOfWork.stores
  const facts = { name: 'made with REST', comment: '' }
  const definition =
    template === 'sampleSnapshot'
      ? await templates.insert(mainSubApp, { template, settings: sampled, ...facts }, new Date())
      : await templates.insert(mainSubApp, { template, settings: sprite, ...facts }, new Date())
  return templateIdOf(template, definition)
}

const three = { sampling: { by: 'series', startMs: 0, count: 3, intervalMs: 1_500 } }
const toMedia = { 'Output.Type': 'Media' }
const toBucket = (name: string) => ({ 'Output.Type': 'OSS', 'Output.Media': `oss://shots/${name}` })

async function submit(TemplateId: string, params?: object, output: Readonly<Record<string, string>> = toMedia) {
  await open.perform('SubmitSnapshotJob', {
    ...{ 'Input.Type': 'Media', 'Input.Media': open.media.id, ...output, 'TemplateConfig.TemplateId': TemplateId },
    ...(params && { 'TemplateConfig.OverwriteParams': JSON.stringify(params) }),
  })
  return [...open.unitOfWork.tables.tasks.values()].map(({ task }) => task).at(-1)
}

describe('a job of a template that was made in other words', () => {
  it('has its settings as they are', async () => {
    expect((await submit(await templateOf('sampleSnapshot')))?.settings).toEqual(sampled)
    const id = await templateOf('imageSprite')
    expect((await submit(id))?.settings).toEqual(sprite)
    expect((await submit(id, { Type: 'Sprite' }))?.settings).toEqual(sprite)
  })

  it('has the format that the name of its files says, and in a bucket no files without a name', async () => {
    const stills = await templateOf('sampleSnapshot')
    expect(await submit(stills, undefined, toBucket('{Count}.png'))).toMatchObject({ settings: { format: 'png' } })
    expect(await submit(stills, undefined, toBucket('{Count}'))).toMatchObject({ settings: { format: 'webp' } })
    const sheets = await submit(await templateOf('imageSprite'), undefined, toBucket('{TileCount}.jpg'))
    expect(sheets?.settings).toEqual({ ...sprite, format: 'jpg', delivery: 'sheets' })
  })

  it.each([
    [{ Width: 320 }, { widthPx: 320 }],
    [{ FrameType: 'normal' }, { accuracy: 'exact' }],
    [{ Interval: 2 }, { sampling: { by: 'series', startMs: 0, intervalMs: 2_000 } }],
    [
      { Count: 3, BlackLevel: 50 },
      { ...three, avoidBlack: { sharePercent: 50, belowLevel: 9 } },
    ],
    [
      { Count: 1 },
      { sampling: { by: 'series', startMs: 0, count: 1 }, avoidBlack: { sharePercent: 90, belowLevel: 9 } },
    ],
    [{ Time: 500 }, { sampling: { by: 'series', startMs: 500, intervalMs: 1_500 } }],
  ])('has %j laid over pictures', async (params, changed) => {
    expect((await submit(await templateOf('sampleSnapshot'), params))?.settings).toEqual({ ...sampled, ...changed })
  })

  it.each([
    [{ SpriteSnapshotConfig: { Columns: 9 } }, { columns: 9 }],
    [{ SpriteSnapshotConfig: { CellHeight: 90, Color: 'tomato' } }, { heightPx: 90, background: '#ff6347' }],
    [{ Type: 'WebVtt', IsSptFrag: false }, { delivery: 'cells' }],
    [
      { FrameType: 'intra', Interval: 3 },
      { accuracy: 'nearestKeyframe', sampling: { by: 'series', intervalMs: 3_000 } },
    ],
  ])('has %j laid over sprites', async (params, changed) => {
    expect((await submit(await templateOf('imageSprite'), params))?.settings).toMatchObject({ ...sprite, ...changed })
  })

  it('keeps what pictures and sprites share when it is made the other', async () => {
    const id = await templateOf('sampleSnapshot')
    const made = await submit(id, { Type: 'Sprite', SpriteSnapshotConfig: { Lines: 5 } })
    expect(made).toMatchObject({
      kind: 'imageSprites',
      settings: { ...picture, rows: 5, columns: 10, delivery: 'sheets' },
    })
  })
})

it('a job of a template that was made in these words keeps what its settings do not hold', async () => {
  const TemplateConfig = JSON.stringify({ Type: 'Normal', Time: 0, Count: 1, Interval: 5 })
  const made = await open.perform('CreateCustomTemplate', { Name: 'n', Type: '2', TemplateConfig })
  const { TemplateId } = Reflect.get(made, 'CustomTemplate') as { readonly TemplateId: string }
  const task = await submit(TemplateId, { Count: 3 })
  expect(task?.settings).toMatchObject({ sampling: { by: 'series', startMs: 0, count: 3, intervalMs: 5_000 } })
})
