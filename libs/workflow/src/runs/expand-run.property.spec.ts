import { newRunId } from '@libs/kernel'
import { pictureKindNames, pictureKinds } from '@libs/tasks'
import fc from 'fast-check'
import type { TaskRequest } from '../procedures/procedure'
import type { LoadedTemplates } from '../templates/load-templates'
import { presetTemplates } from '../templates/preset-templates'
import { expandRun } from './expand-run'

const at = new Date(1_795_000_000_000)
const templates: LoadedTemplates = {
  snapshotByTimeOffset: new Map([[10, presetTemplates.snapshotByTimeOffset]]),
  sampleSnapshot: new Map([[10, presetTemplates.sampleSnapshot]]),
  imageSprite: new Map([[10, presetTemplates.imageSprite]]),
  watermark: new Map(),
}

const offset = fc.record({ unit: fc.constantFrom('ms', 's', 'percent'), value: fc.integer({ min: 0, max: 100 }) })
const request = fc.oneof(
  fc.record({
    kind: fc.constant('snapshotByTimeOffset'),
    definition: fc.constant(10),
    request: fc.record({ offsets: fc.array(offset, { minLength: 1 }) }),
  }),
  fc.record({ kind: fc.constant('sampleSnapshot'), definition: fc.constant(10), request: fc.constant({}) }),
  fc.record({ kind: fc.constant('imageSprites'), definition: fc.constant(10), request: fc.constant({}) }),
  fc.record({
    kind: fc.constant('coverBySnapshot'),
    definition: fc.constant(10),
    request: fc.record({ position: offset }),
  }),
) as fc.Arbitrary<TaskRequest>

describe('expanding a run', () => {
  it('makes one task of each request, in order of kinds and within a kind as asked', () => {
    fc.assert(
      fc.property(fc.array(request), (requests) => {
        const tasks = expandRun(newRunId(1), requests, templates, at)
        expect(tasks.map(({ index }) => index)).toEqual(requests.map((_, index) => index))
        const asked = pictureKindNames.flatMap((kind) => requests.filter((each) => each.kind === kind))
        expect(tasks.map(({ kind, definition, request: own }) => ({ kind, definition, request: own }))).toEqual(asked)
      }),
    )
  })

  it('freezes the settings of the template that the kind draws on', () => {
    fc.assert(
      fc.property(fc.array(request), (requests) => {
        for (const task of expandRun(newRunId(1), requests, templates, at)) {
          if (task.kind === 'ingest') throw new Error('nobody asks for an ingest')
          expect(task.settings).toEqual(presetTemplates[pictureKinds[task.kind].template].settings)
        }
      }),
    )
  })

  it('gives every task an id of its own', () => {
    const requests: readonly TaskRequest[] = Array.from({ length: 50 }, () => ({
      kind: 'sampleSnapshot',
      definition: 10,
      request: {},
    }))
    expect(new Set(expandRun(newRunId(1), requests, templates, at).map(({ id }) => id)).size).toBe(50)
  })
})
