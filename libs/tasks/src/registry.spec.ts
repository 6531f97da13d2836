import { kinds, pictureKindNames } from './registry'

it('lists the kinds that can be asked for in the order of results', () => {
  expect(pictureKindNames).toEqual(['snapshotByTimeOffset', 'sampleSnapshot', 'imageSprites', 'coverBySnapshot'])
})

it.each(Object.entries(kinds))('%s goes by the name that it is registered under', (name, kind) => {
  expect(kind.name).toBe(name)
})
