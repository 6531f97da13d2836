import { afterFailure, type Endpoint, failuresToOpen, freshEndpoint, probeWaitsMs } from './endpoint'

const dayMs = 24 * 3_600_000
const startMs = 1_795_000_000_000
const at = (ms: number) => new Date(startMs + ms)
const refused = { httpStatus: undefined }

function fail(endpoint: Endpoint, times: number, ms = 0): Endpoint {
  return Array.from({ length: times }).reduce<Endpoint>((one) => afterFailure(one, refused, at(ms)), endpoint)
}

describe('an endpoint', () => {
  it('is attempted on while few attempts failed', () => {
    expect(fail(freshEndpoint, failuresToOpen - 1)).toEqual({
      ...freshEndpoint,
      failuresInARow: failuresToOpen - 1,
      failingSince: at(0),
    })
  })

  it('rests longer before every probe that fails', () => {
    let endpoint = fail(freshEndpoint, failuresToOpen)
    let nowMs = 0
    for (const waitMs of [...probeWaitsMs, probeWaitsMs.at(-1) ?? 0]) {
      expect(endpoint.resumeAt).toEqual(at(nowMs + waitMs))
      nowMs += waitMs
      endpoint = fail(endpoint, 1, nowMs)
    }
  })

  it('is not blamed for attempts that were under way when its breaker opened', () => {
    const open = fail(freshEndpoint, failuresToOpen)
    expect(fail(open, 7, 4_999)).toEqual(open)
  })

  it('rests as long as it asks, a day at most, and no later request shortens that', () => {
    const asked = afterFailure(freshEndpoint, { httpStatus: 429, retryAfterMs: 60_000 }, at(0))
    expect(asked.resumeAt).toEqual(at(60_000))
    expect(afterFailure(asked, { httpStatus: 429, retryAfterMs: 1_000 }, at(1)).resumeAt).toEqual(at(60_000))
    const greedy = afterFailure(freshEndpoint, { httpStatus: 503, retryAfterMs: 9 * dayMs }, at(0))
    expect(greedy.resumeAt).toEqual(at(dayMs))
  })

  it('is disabled at once when it is gone', () => {
    const endpoint = afterFailure(freshEndpoint, { httpStatus: 410 }, at(7))
    expect(endpoint).toMatchObject({ disabledAt: at(7), disabledReason: 'It answered 410 Gone.' })
    expect(afterFailure(endpoint, refused, at(8))).toMatchObject({ disabledAt: at(7) })
  })

  it('is disabled after five days of nothing but failures', () => {
    const failing = fail(freshEndpoint, 1)
    expect(fail(failing, 1, 5 * dayMs - 1).disabledAt).toBeNull()
    expect(fail(failing, 1, 5 * dayMs)).toMatchObject({ disabledAt: at(5 * dayMs) })
  })
})
