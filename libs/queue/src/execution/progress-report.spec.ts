import { once, EventEmitter } from 'node:events'
import type { ProgressNote } from '../wire/progress-note'
import { ProgressReport } from './progress-report'

/** A queue that takes its time: each write waits until it is let through. */
function aSlowQueue() {
  const gates = new EventEmitter()
  const written: { readonly percent: number; readonly atMs: number }[] = []
  const write = async ({ percent }: ProgressNote): Promise<void> => {
    written.push({ percent, atMs: performance.now() })
    gates.emit('started')
    await once(gates, 'done')
  }
  return { write, written, started: () => once(gates, 'started'), finish: () => gates.emit('done') }
}

describe('a progress report', () => {
  it('writes at once, then what was told last, never two at a time and never too soon', async () => {
    const queue = aSlowQueue()
    const gapMs = 30
    const report = new ProgressReport(queue.write, gapMs)
    for (const framesDone of [109, 200, 205, 50]) report.tell({ framesDone, frames: 1_000 })
    expect(queue.written.map(({ percent }) => percent)).toEqual([10])
    const [, finishedAtMs] = [queue.finish(), performance.now()]
    await queue.started()
    expect(queue.written.map(({ percent }) => percent)).toEqual([10, 20])
    // Timers count in whole milliseconds.
    expect((queue.written[1]?.atMs ?? 0) - finishedAtMs).toBeGreaterThan(gapMs - 2)
    queue.finish()
    report.end()
  })

  it('writes at whole percents that rise, with the frames, and nothing that is none', async () => {
    const write = jest.fn(() => Promise.resolve())
    const report = new ProgressReport(write, 0)
    for (const framesDone of [NaN, -3, 0, 9]) report.tell({ framesDone, frames: 1_000 })
    report.tell({ framesDone: 0, frames: 0 })
    expect(write).not.toHaveBeenCalled()
    report.tell({ framesDone: 2_500, frames: 1_000 })
    report.tell({ framesDone: 3_000, frames: 1_000 })
    expect(write.mock.calls).toEqual([[{ percent: 100, framesDone: 2_500, frames: 1_000 }]])
    report.end()
  })

  it('goes on after a write that failed', async () => {
    const written: number[] = []
    const second = new Promise<void>((resolve) => {
      const report = new ProgressReport(async ({ percent }) => {
        written.push(percent)
        if (percent === 1) report.tell({ framesDone: 2, frames: 100 })
        else resolve()
        throw new Error('the queue is away')
      }, 0)
      report.tell({ framesDone: 1, frames: 100 })
    })
    await second
    expect(written).toEqual([1, 2])
  })

  it('writes nothing once it has ended', async () => {
    const queue = aSlowQueue()
    const report = new ProgressReport(queue.write, 0)
    report.tell({ framesDone: 1, frames: 100 })
    report.tell({ framesDone: 2, frames: 100 })
    report.end()
    queue.finish()
    await new Promise((resolve) => setImmediate(resolve))
    expect(queue.written.map(({ percent }) => percent)).toEqual([1])
  })
})
