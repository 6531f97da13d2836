import { Logger } from '@nestjs/common'
import { Loop } from './loop'

Logger.overrideLogger(false)

/** Resolves when `predicate` holds; the test's own time limit ends a wait in vain. */
async function until(predicate: () => boolean): Promise<void> {
  while (!predicate()) await new Promise((resolve) => setImmediate(resolve))
}

describe('a loop', () => {
  it('goes on at once while there is work, and rests when there is none', async () => {
    const found = [3, 2, 0]
    let rounds = 0
    const loop = new Loop({ name: 'test', idleMs: 3_600_000, work: () => Promise.resolve(found[rounds++] ?? 0) })
    loop.start()
    await until(() => rounds === 3)
    await new Promise((resolve) => setImmediate(resolve))
    expect(rounds).toBe(3)
    await loop.stop()
    expect(rounds).toBe(3)
  })

  it('keeps a gap between rounds, and does together what comes meanwhile', async () => {
    const startedMs: number[] = []
    const work = (): Promise<number> => Promise.resolve(startedMs.push(performance.now()) < 3 ? 1 : 0)
    const loop = new Loop({ name: 'test', idleMs: 3_600_000, gapMs: 30, work })
    loop.start()
    await until(() => startedMs.length === 3)
    await loop.stop()
    const [first = 0, second = 0, third = 0] = startedMs
    expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(25)
  })

  it('wakes when the bell rings, also when it rang during a round', async () => {
    let ring = (): void => undefined
    let rounds = 0
    const loop = new Loop({
      name: 'test',
      idleMs: 3_600_000,
      listen: (onRing) => {
        ring = onRing
        return () => undefined
      },
      work: () => {
        rounds += 1
        if (rounds === 1) ring()
        return Promise.resolve(0)
      },
    })
    loop.start()
    await until(() => rounds === 2)
    ring()
    await until(() => rounds === 3)
    await loop.stop()
  })

  it('tells of a round that hangs, once, and that it goes on again', async () => {
    let finish = (): void => undefined
    const hanging = new Promise<void>((resolve) => (finish = resolve))
    const onStuck = jest.fn()
    const work = (): Promise<number> => hanging.then(() => 0)
    const loop = new Loop({ name: 'test', idleMs: 3_600_000, roundLimitMs: 10, onStuck, work })
    loop.start()
    expect(loop.isStuck).toBe(false)
    await until(() => loop.isStuck)
    expect(onStuck).toHaveBeenCalledTimes(1)
    finish()
    await until(() => !loop.isStuck)
    await loop.stop()
    expect(onStuck).toHaveBeenCalledTimes(1)
  })

  it('goes on after a round that failed', async () => {
    let rounds = 0
    const loop = new Loop({
      name: 'test',
      idleMs: 1,
      work: () => {
        rounds += 1
        return rounds === 1 ? Promise.reject(new Error('database is away')) : Promise.resolve(0)
      },
    })
    loop.start()
    await until(() => rounds >= 2)
    await loop.stop()
  })

  it('waits for the round under way when it is stopped', async () => {
    let finish = (): void => undefined
    let ended = false
    const work = async (): Promise<number> => {
      await new Promise<void>((resolve) => (finish = resolve))
      ended = true
      return 1
    }
    const loop = new Loop({ name: 'test', idleMs: 1, work })
    loop.start()
    const stopped = loop.stop()
    finish()
    await stopped
    expect(ended).toBe(true)
  })
})
