import type { KindName } from '@libs/tasks'
import { QueueDepths } from './queue-depths'

function aQueue() {
  let nowMs = 0
  const depths = new QueueDepths({ nowMs: () => nowMs })
  return {
    /** A second in which so many tasks were sent off, and at whose end so many are worked at. */
    second: (sent: number, atWork: number) => {
      depths.noteClaimed(Array<KindName>(sent).fill('imageSprites'))
      nowMs += 1_000
      depths.measure(Array<KindName>(atWork).fill('imageSprites'))
      return depths.current().imageSprites
    },
    depths,
  }
}

describe('the depth of a queue', () => {
  it('comes down to one task ahead of a single worker', () => {
    expect(aQueue().second(8, 1)).toBe(2)
    expect(aQueue().second(0, 1)).toBe(2)
  })

  it('grows with the workers that are seen, without end in sight', () => {
    const queue = aQueue()
    let depth = queue.second(8, 1)
    const seen = [depth]
    for (let n = 0; n < 8; n += 1) {
      depth = queue.second(0, Math.min(depth, 16))
      seen.push(depth)
    }
    expect(seen).toEqual([2, 3, 4, 6, 9, 13, 19, 24, 24])
  })

  it('holds a tenth of a second of tasks that are too short to be seen', () => {
    expect(aQueue().second(400, 0)).toBe(41)
    expect(aQueue().second(30_000, 0)).toBe(1_000)
  })

  it('stays as it is while nothing is asked for, and is one of its kind', () => {
    const queue = aQueue()
    queue.second(0, 10)
    expect(queue.second(0, 0)).toBe(15)
    expect(queue.depths.current().coverBySnapshot).toBe(8)
  })
})
