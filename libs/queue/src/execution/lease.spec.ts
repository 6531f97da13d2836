import { Lease } from './lease'

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

describe('Lease', () => {
  it('ends 3 s before the lock does', () => {
    const lease = new Lease(15_000)
    jest.advanceTimersByTime(11_999)
    expect(lease.signal.aborted).toBe(false)
    jest.advanceTimersByTime(1)
    expect(lease.signal.reason).toMatchObject({ code: 'internal', retry: true })
  })

  it('lives on from each renewal', () => {
    const lease = new Lease(15_000)
    for (let renewals = 0; renewals < 5; renewals += 1) {
      jest.advanceTimersByTime(7_500)
      lease.renew()
    }
    expect(lease.signal.aborted).toBe(false)
    jest.advanceTimersByTime(12_000)
    expect(lease.signal.aborted).toBe(true)
  })

  it('is lost for good: a late renewal does not bring it back', () => {
    const lease = new Lease(1_000)
    jest.advanceTimersByTime(800)
    lease.renew()
    expect(lease.signal.aborted).toBe(true)
    expect(jest.getTimerCount()).toBe(0)
  })

  it('leaves no timer behind when the work ends', () => {
    const lease = new Lease(1_000)
    lease.end()
    jest.advanceTimersByTime(5_000)
    expect(lease.signal.aborted).toBe(false)
  })
})
