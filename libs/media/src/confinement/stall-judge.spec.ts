import { StallJudge } from './stall-judge'

const limits = { stallS: 20, cpuS: 100 }

/** How many looks a judge lets pass. */
function looksUntilVerdict(usageAt: (look: number) => { cpuS: number; movedBytes: number }, isOwed = false): number {
  const judge = new StallJudge(limits)
  for (let look = 0; look < 1000; look += 1) if (judge.add(usageAt(look), isOwed) !== undefined) return look
  return Infinity
}

it('ends a process that sleeps', () => {
  expect(looksUntilVerdict(() => ({ cpuS: 1, movedBytes: 7 }))).toBe(20)
})

it('ends a process that turns in a circle, the sooner the more threads do', () => {
  expect(looksUntilVerdict((look) => ({ cpuS: look, movedBytes: 7 }))).toBe(20)
  expect(looksUntilVerdict((look) => ({ cpuS: look * 4, movedBytes: 7 }))).toBe(5)
})

it('ends a process that takes more than its processor time, whatever it reads', () => {
  expect(looksUntilVerdict((look) => ({ cpuS: look, movedBytes: look }))).toBe(101)
})

it('waits for one that is starved, reads now and then, or waits for us', () => {
  expect(looksUntilVerdict((look) => ({ cpuS: Math.min(19, look * 0.1), movedBytes: 7 }))).toBeGreaterThan(190)
  expect(looksUntilVerdict((look) => ({ cpuS: 0, movedBytes: Math.floor(look / 19) }))).toBe(Infinity)
  expect(looksUntilVerdict(() => ({ cpuS: 0, movedBytes: 7 }), true)).toBe(Infinity)
})
