import { type Check, Readiness, statusCodeOf } from './readiness'

const check = (name: string, means: Check['means'], look: Check['look']): Check => ({ name, means, look })
const fine = (): readonly string[] => []

describe('readiness', () => {
  it.each([
    { checks: [], status: 'ok', code: 200 },
    { checks: [check('database', 'broken', fine), check('redis', 'degraded', fine)], status: 'ok', code: 200 },
    { checks: [check('redis', 'degraded', () => ['is full'])], status: 'degraded', code: 200 },
    { checks: [check('database', 'broken', () => ['is read-only'])], status: 'broken', code: 503 },
    {
      checks: [check('database', 'broken', () => ['is read-only']), check('redis', 'degraded', () => ['is full'])],
      status: 'broken',
      code: 503,
    },
  ])('is $status, $code', async ({ checks, status, code }) => {
    const report = await new Readiness(checks).report()
    expect(report.status).toBe(status)
    expect(statusCodeOf(report)).toBe(code)
  })

  it('names what is wrong, and says no more of an error than that there is no answer', async () => {
    const failing = check('database', 'broken', () => Promise.reject(new Error('password of secret@10.1.2.3')))
    const report = await new Readiness([failing, check('disk', 'degraded', () => ['is full'])], {
      ffmpeg: '8.1',
    }).report()
    expect(report).toEqual({
      status: 'broken',
      broken: ['database: does not answer'],
      degraded: ['disk: is full'],
      facts: { ffmpeg: '8.1' },
    })
  })

  it('does not wait for what does not answer', async () => {
    jest.useFakeTimers()
    const report = new Readiness([check('redis', 'degraded', () => new Promise(() => undefined))]).report()
    await jest.advanceTimersByTimeAsync(2_000)
    expect((await report).degraded).toEqual(['redis: does not answer'])
    jest.useRealTimers()
  })

  it('looks once for all who ask within a second', async () => {
    const look = jest.fn(fine)
    const readiness = new Readiness([check('database', 'broken', look)])
    await Promise.all([readiness.report(), readiness.report()])
    await readiness.report()
    expect(look).toHaveBeenCalledTimes(1)
  })

  it('is over when the app stops, at once', async () => {
    const readiness = new Readiness([check('database', 'broken', fine)])
    await readiness.report()
    readiness.stop()
    const report = await readiness.report()
    expect(report.status).toBe('stopping')
    expect(statusCodeOf(report)).toBe(503)
  })
})
