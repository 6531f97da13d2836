import { z } from 'zod'
import { type OpenRest, openRest } from './open-rest'

const accepted = z.object({ runId: z.string() })
const problem = z.object({ code: z.string(), field: z.string() })
const made = z.object({ definition: z.int() })

describe('what one call puts over a template', () => {
  let rest: OpenRest

  beforeEach(async () => {
    rest = await openRest()
  })

  afterEach(() => rest.close())

  const run = (task: object) => rest.call('post', '/v1/runs', { mediaId: rest.media.id, tasks: [task] })

  /** @returns the settings that the task of a run was frozen with */
  async function frozen(task: object): Promise<unknown> {
    const { runId } = accepted.parse((await run(task).expect(202)).body)
    return [...rest.unitOfWork.tables.tasks.values()].find(({ task }) => task.runId === runId)?.task.settings
  }

  async function template(path: string, settings: object): Promise<number> {
    return made.parse((await rest.call('post', `/v1/templates/${path}`, { settings }).expect(201)).body).definition
  }

  it('is only the fields that it names', async () => {
    const settings = { widthPx: 320, quality: 40, avoidBlack: { sharePercent: 80, belowLevel: 20 } }
    const definition = await template('snapshot-by-time-offset', settings)
    const overrides = { widthPx: 640, format: 'webp' }
    const kept = { quality: 40, fill: 'black', heightPx: 0, avoidBlack: settings.avoidBlack }
    for (const task of [
      { kind: 'snapshotByTimeOffset', offsets: [0] },
      { kind: 'coverBySnapshot', position: 0 },
    ]) {
      expect(await frozen({ ...task, definition, overrides })).toMatchObject({ ...kept, ...overrides })
      expect(await frozen({ ...task, definition })).toMatchObject({ ...kept, widthPx: 320, format: 'jpg' })
    }
  })

  it('may be how a series is sampled, and of what a sheet consists', async () => {
    const sampling = { by: 'time', intervalMs: 2000 }
    const series = await template('sample-snapshot', { sampling, widthPx: 320 })
    const other = { by: 'series', startMs: 0, count: 4 }
    expect(await frozen({ kind: 'sampleSnapshot', definition: series, overrides: { sampling: other } })).toMatchObject({
      sampling: other,
      widthPx: 320,
    })
    const sprites = await template('image-sprite', { sampling, rows: 10, columns: 10, widthPx: 160, heightPx: 90 })
    const overrides = { rows: 2, paddingPx: 4 }
    expect(await frozen({ kind: 'imageSprites', definition: sprites, overrides })).toMatchObject({
      ...{ rows: 2, columns: 10, paddingPx: 4, widthPx: 160, sampling },
    })
  })

  it.each([
    ['a field that is not there', { quality: 50, color: 1 }, 'request.unknownParameter', 'overrides.color'],
    ['a value out of range', { quality: 101 }, 'request.invalidValue', 'overrides.quality'],
    ['more rows than a sheet has', { rows: 10_001 }, 'request.invalidValue', 'overrides.rows'],
    ['a sheet that is too high', { rows: 167 }, 'request.invalidValue', 'overrides.heightPx'],
    ['a sheet that is too wide', { widthPx: 1600 }, 'request.invalidValue', 'overrides.widthPx'],
  ])('is refused for %s', async (_, overrides, code, field) => {
    const settings = { sampling: { by: 'time', intervalMs: 2000 }, rows: 10, columns: 10, widthPx: 160, heightPx: 90 }
    const definition = await template('image-sprite', settings)
    const { rowCount } = rest.unitOfWork.tables
    const response = await run({ kind: 'imageSprites', definition, overrides }).expect(422)
    expect(problem.parse(JSON.parse(response.text))).toEqual({ code, field: `tasks.0.${field}` })
    expect(rest.unitOfWork.tables.rowCount).toBe(rowCount)
  })

  it('is refused beside settings, of a template that is not there, and in a procedure', async () => {
    const task = { kind: 'coverBySnapshot', position: 0, overrides: { widthPx: 640 } }
    const field = async (response: { readonly text: string }) => problem.parse(JSON.parse(response.text)).field
    expect(await field(await run({ ...task, settings: {} }).expect(422))).toBe('tasks.0.overrides')
    expect(await field(await run(task).expect(422))).toBe('tasks.0.definition')
    expect(await field(await run({ ...task, definition: 4711 }).expect(422))).toBe('tasks.0.definition')
    const procedure = { name: 'p', tasks: [{ ...task, definition: 10 }] }
    expect(await field(await rest.call('post', '/v1/procedures', procedure).expect(422))).toBe('tasks.0.overrides')
  })
})
