import { mainSubApp, SystemClock } from '@libs/kernel'
import { MemoryUnitOfWork } from '@libs/testing'
import { ChangeTemplate } from './change-template'
import { presetTemplates } from './preset-templates'

it('keeps how long results are kept, unless something is said about it', async () => {
  const { stores, subAppWork } = new MemoryUnitOfWork()
  const { settings } = presetTemplates.sampleSnapshot
  const template = { template: 'sampleSnapshot', name: 'n', comment: '', settings } as const
  const definition = await stores.templates.insert(mainSubApp, { ...template, retainResultsDays: 30 }, new Date())
  const id = { template: 'sampleSnapshot', definition } as const
  const change = new ChangeTemplate(subAppWork, new SystemClock())
  const kept = async () =>
    (await stores.templates.list(mainSubApp, { ...id, definitions: [definition] })).map(
      (each) => each.retainResultsDays,
    )
  await change.execute(mainSubApp, id, () => ({ ...template, name: 'by a vendor’s client' }))
  expect(await kept()).toEqual([30])
  await change.execute(mainSubApp, id, () => ({ ...template, retainResultsDays: undefined }))
  expect(await kept()).toEqual([undefined])
})
