import { z } from 'zod'
import type { RestClient } from './rest-client'

const procedures = z.object({ items: z.array(z.object({ name: z.string() })) })
const created = z.object({ definition: z.number() })
const templates = z.object({ items: z.array(created.extend({ name: z.string() })) })

const templateName = 'demo'

/** Preset templates: pictures as large as the video. */
const preset = 10
const picture = { resolutionAdaptive: true, format: 'jpg', fill: 'black' }

/**
 * Makes the stored procedure when there is none of that name: all four kinds of task, with templates that suit a video
 * of any length.
 * @returns whether it had to be made
 * @throws DemoFailure `refused`
 */
export async function ensureProcedure(api: RestClient, name: string): Promise<boolean> {
  const found = procedures.parse(await api.get(`/v1/procedures?name=${encodeURIComponent(name)}`))
  if (found.items.some((procedure) => procedure.name === name)) return false
  const samples = await ensureTemplate(api, 'sample-snapshot', {
    ...picture,
    widthPx: 640,
    heightPx: 0,
    sampling: { by: 'percent', intervalPercent: 10 },
  })
  const sprite = await ensureTemplate(api, 'image-sprite', {
    ...picture,
    widthPx: 240,
    heightPx: 0,
    sampling: { by: 'percent', intervalPercent: 2 },
    rows: 10,
    columns: 5,
  })
  await api.send('POST', '/v1/procedures', {
    name,
    tasks: [
      { kind: 'snapshotByTimeOffset', definition: preset, offsets: ['1s', '25%', '50%', '75%', '100%'] },
      { kind: 'sampleSnapshot', definition: samples },
      { kind: 'imageSprites', definition: sprite },
      { kind: 'coverBySnapshot', definition: preset, position: '40%' },
    ],
  })
  return true
}

/** The template that an earlier demo left, or a new one. */
async function ensureTemplate(api: RestClient, template: string, settings: object): Promise<number> {
  const path = `/v1/templates/${template}`
  const { items } = templates.parse(await api.get(`${path}?type=custom&limit=100`))
  const found = items.find(({ name }) => name === templateName)
  if (found) return found.definition
  return created.parse(await api.send('POST', path, { name: templateName, settings })).definition
}
