import { mainSubApp } from '@libs/kernel'
import { pictureDefaults, type PictureTemplateName } from '@libs/tasks'
import { aMedia, aRun, aTask } from '@libs/testing'
import { type OpenDatabase, openDatabase } from './open-database'

/** Settings and requests as they were stored before quality, chroma and accuracy were there. */
const picture = { widthPx: 640, heightPx: 0, resolutionAdaptive: true, format: 'webp', fill: 'gauss' }
const sampled = { ...picture, sampling: { by: 'percent', intervalPercent: 5 } }
const earlierSettings: Readonly<Record<PictureTemplateName, object>> = {
  snapshotByTimeOffset: picture,
  sampleSnapshot: sampled,
  imageSprite: { ...sampled, rows: 2, columns: 3 },
}

describe('documents that an earlier version stored', () => {
  let database: OpenDatabase

  beforeAll(async () => {
    database = await openDatabase()
  })

  afterAll(async () => {
    await database.close()
  })

  it.each(Object.keys(earlierSettings) as PictureTemplateName[])(
    'a template for %s gets the defaults',
    async (template) => {
      const settings = earlierSettings[template]
      await database.dataSource.query(
        `insert into template (definition, sub_app_id, template, name, comment, settings, created_at, updated_at)
       values (nextval('template_definition'), $1, $2, '', '', $3, now(), now())`,
        [mainSubApp, template, settings],
      )
      const [found] = await database.unitOfWork.stores.templates.list(mainSubApp, { template, definitions: undefined })
      expect(found?.settings).toEqual({ ...settings, ...pictureDefaults })
    },
  )

  it('a procedure leaves the accuracy to its templates', async () => {
    const tasks = [
      { kind: 'snapshotByTimeOffset', definition: 10, request: { offsets: [{ unit: 's', value: 3.5 }] } },
      { kind: 'sampleSnapshot', definition: 10, request: {} },
      { kind: 'imageSprites', definition: 10, request: {} },
      { kind: 'coverBySnapshot', definition: 10, request: { position: { unit: 'percent', value: 10 } } },
    ]
    await database.dataSource.query(
      `insert into procedure (sub_app_id, name, comment, tasks, created_at, updated_at)
       values ($1, 'p', '', $2, now(), now())`,
      [mainSubApp, JSON.stringify(tasks)],
    )
    expect((await database.unitOfWork.stores.procedures.find(mainSubApp, 'p'))?.tasks).toStrictEqual(tasks)
  })

  it('a task that has not run yet is made with the defaults', async () => {
    const media = aMedia()
    const run = aRun(media)
    await database.unitOfWork.stores.media.insert(media)
    await database.unitOfWork.stores.runs.insert(run, [aTask(run, 'sampleSnapshot')], new Date())
    await database.dataSource.query('update task set settings = $1 where run_id = $2', [sampled, run.id])
    const report = await database.unitOfWork.stores.runs.findProcess(mainSubApp, run.id)
    expect(report?.tasks).toMatchObject([{ request: {}, settings: { ...sampled, ...pictureDefaults } }])
  })
})
