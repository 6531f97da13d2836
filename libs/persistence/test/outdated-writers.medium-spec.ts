import { AppError, mainSubApp, SystemClock } from '@libs/kernel'
import { pictureDefaults } from '@libs/tasks'
import {
  ChangeTemplate,
  CreateProcedure,
  CreateTemplate,
  DeleteProcedure,
  DeleteTemplate,
  DescribeProcedures,
  DescribeTemplates,
  ResetProcedure,
} from '@libs/workflow'
import { type OpenDatabase, openDatabase } from './open-database'

const rounds = 20
const clock = new SystemClock()
const picture = { widthPx: 0, heightPx: 0, resolutionAdaptive: true, format: 'jpg', fill: 'black' } as const
const settings = { ...picture, ...pictureDefaults }
const tasks = [{ kind: 'imageSprites', definition: 10, request: {} }] as const
const isStill = (comment: string) => (current: { readonly comment: string }) => {
  if (current.comment !== comment) throw new AppError('request.outdated', 'Changed.')
}

/** Of writers that read the same, one may write. */
async function expectOne(writers: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(writers)
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
  for (const refusal of refusals) {
    const { code } = refusal as AppError
    expect(['request.outdated', 'template.notFound', 'procedure.notFound']).toContain(code)
  }
}

describe('writers that have read the same', () => {
  let database: OpenDatabase

  beforeAll(async () => {
    database = await openDatabase(6)
  })

  afterAll(() => database.close())

  it('change a template or delete it once', async () => {
    const work = database.subAppWork
    const [change, remove] = [new ChangeTemplate(work, clock), new DeleteTemplate(work)]
    for (let round = 0; round < rounds; round += 1) {
      const before = { template: 'snapshotByTimeOffset', name: '', comment: 'read', settings } as const
      const definition = await new CreateTemplate(work, clock).execute(mainSubApp, before)
      const id = { template: before.template, definition }
      const write = (comment: string) =>
        change.execute(mainSubApp, id, (current) => {
          isStill('read')(current)
          return { ...before, comment }
        })
      await expectOne([write('a'), write('b'), remove.execute(mainSubApp, id, isStill('read')), write('c')])
      const left = await new DescribeTemplates(work).execute(mainSubApp, {
        ...id,
        offset: 0,
        limit: 100,
        type: 'custom',
      })
      for (const each of left.items) await remove.execute(mainSubApp, each)
    }
  })

  it('change a procedure or delete it once', async () => {
    const work = database.subAppWork
    const [reset, remove] = [new ResetProcedure(work, clock), new DeleteProcedure(work)]
    for (let round = 0; round < rounds; round += 1) {
      const named = { subAppId: mainSubApp, name: 'p', tasks }
      await new CreateProcedure(work, clock).execute({ ...named, comment: 'read' })
      const write = (comment: string) => reset.execute({ ...named, comment }, isStill('read'))
      await expectOne([write('a'), write('b'), remove.execute(mainSubApp, 'p', isStill('read')), write('c')])
      const left = await new DescribeProcedures(work).execute(mainSubApp, { type: 'custom', offset: 0, limit: 100 })
      for (const { name } of left.items) await remove.execute(mainSubApp, name)
    }
  })
})
