import { toldOnce } from './told-once'

it('tells what several apps say once, and what one says again each time', () => {
  const told: string[] = []
  const tell = toldOnce((line) => told.push(line))
  for (const line of ['worker-a: old', 'worker-b: old', 'worker-b: new', 'worker-a: old', 'Starting …', 'Starting …'])
    tell(line)
  expect(told).toEqual(['worker-a: old', 'worker-b: new', 'worker-a: old', 'Starting …', 'Starting …'])
})
