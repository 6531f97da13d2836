import { deliveryWaitsMs, nextAttemptDelayMs } from './delivery-schedule'

const hourMs = 3_600_000

describe('the delivery schedule', () => {
  it('tries for about three days', () => {
    const totalMs = deliveryWaitsMs.reduce((sum, wait) => sum + wait, 0)
    expect(totalMs / hourMs).toBeGreaterThan(72)
    expect(totalMs / hourMs).toBeLessThan(80)
  })

  it('spreads each wait by a fifth to both sides', () => {
    expect(nextAttemptDelayMs(1, 0)).toBe(4_000)
    expect(nextAttemptDelayMs(1, 0.5)).toBe(5_000)
    expect(nextAttemptDelayMs(1, 0.999999)).toBe(6_000)
  })

  it('ends after the last wait', () => {
    expect(nextAttemptDelayMs(deliveryWaitsMs.length, 0.5)).toBe(24 * hourMs)
    expect(nextAttemptDelayMs(deliveryWaitsMs.length + 1, 0.5)).toBeUndefined()
  })

  it('waits as long as the receiver asks, up to a day', () => {
    expect(nextAttemptDelayMs(1, 0.5, 60_000)).toBe(60_000)
    expect(nextAttemptDelayMs(1, 0.5, 1_000)).toBe(5_000)
    expect(nextAttemptDelayMs(1, 0.5, 48 * hourMs)).toBe(24 * hourMs)
  })
})
