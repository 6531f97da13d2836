import { answerOf, type Client } from '@libs/client'

const templateName = 'demo'

/** Preset templates: pictures as large as the video. */
const preset = 10
const picture = { resolutionAdaptive: true, format: 'jpg', fill: 'black', heightPx: 0 } as const
const ofDemo = { params: { query: { type: 'custom', limit: 100 } } } as const

/**
 * Makes the stored procedure when there is none of that name: all four kinds of task, with templates that suit a video
 * of any length.
 * @returns whether it had to be made
 * @throws ApiProblem
 */
export async function ensureProcedure(api: Client, name: string): Promise<boolean> {
  const { items } = await answerOf(api.GET('/v1/procedures', { params: { query: { name } } }))
  if (items.length > 0) return false
  const samples = await ensureSamples(api)
  const sprite = await ensureSprite(api)
  await answerOf(
    api.POST('/v1/procedures', {
      body: {
        name,
        tasks: [
          { kind: 'snapshotByTimeOffset', definition: preset, offsets: ['1s', '25%', '50%', '75%', '100%'] },
          { kind: 'sampleSnapshot', definition: samples },
          { kind: 'imageSprites', definition: sprite },
          { kind: 'coverBySnapshot', definition: preset, position: '40%' },
        ],
      },
    }),
  )
  return true
}

/** The template that an earlier demo left, or a new one. */
async function ensureSamples(api: Client): Promise<number> {
  const { items } = await answerOf(api.GET('/v1/templates/sample-snapshot', ofDemo))
  const settings = { ...picture, widthPx: 640, sampling: { by: 'percent', intervalPercent: 10 } } as const
  const make = () => answerOf(api.POST('/v1/templates/sample-snapshot', { body: { name: templateName, settings } }))
  return (items.find(isOfDemo) ?? (await make())).definition
}

async function ensureSprite(api: Client): Promise<number> {
  const { items } = await answerOf(api.GET('/v1/templates/image-sprite', ofDemo))
  const sampling = { by: 'percent', intervalPercent: 2 } as const
  const settings = { ...picture, widthPx: 240, sampling, rows: 10, columns: 5 }
  const make = () => answerOf(api.POST('/v1/templates/image-sprite', { body: { name: templateName, settings } }))
  return (items.find(isOfDemo) ?? (await make())).definition
}

function isOfDemo({ name }: { readonly name: string }): boolean {
  return name === templateName
}
