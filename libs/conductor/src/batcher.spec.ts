import { Batcher } from './batcher'

describe('a batcher', () => {
  it('does together what comes while the last lot is being done', async () => {
    const lots: (readonly number[])[] = []
    let finishFirst = (): void => undefined
    const batcher = new Batcher<number, number>(async (items) => {
      lots.push(items)
      if (lots.length === 1) await new Promise<void>((resolve) => (finishFirst = resolve))
      return items.map((item) => item * 10)
    }, 3)
    const first = batcher.add(1)
    await new Promise((resolve) => setImmediate(resolve))
    const rest = [2, 3, 4, 5].map((item) => batcher.add(item))
    finishFirst()
    expect(await Promise.all([first, ...rest])).toEqual([10, 20, 30, 40, 50])
    expect(lots).toEqual([[1], [2, 3, 4], [5]])
  })

  it('lets no item spoil the others of its lot', async () => {
    const batcher = new Batcher<number, number>((items) => {
      return items.includes(2) ? Promise.reject(new Error('two')) : Promise.resolve(items)
    }, 10)
    const results = await Promise.allSettled([1, 2, 3].map((item) => batcher.add(item)))
    expect(results).toMatchObject([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: { message: 'two' } },
      { status: 'fulfilled', value: 3 },
    ])
  })
})
