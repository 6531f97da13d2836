import { errorCodes } from '@libs/kernel'
import fc from 'fast-check'
import { decodeFault, encodeFault } from './fault-codec'

const code = fc.constantFrom(...errorCodes)

describe('fault codec', () => {
  it('brings every fault back as it was', () => {
    const detail = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'))
    fc.assert(
      fc.property(code, detail, (code, detail) => {
        expect(decodeFault(encodeFault({ code, detail }))).toEqual({ code, detail })
        const retryAfterMs = detail.length * 1000
        const asked = { code, detail, retryAfterMs }
        expect(decodeFault(encodeFault(asked))).toEqual(asked)
      }),
    )
  })

  it('writes only what a text column can hold, and keeps the code whatever the detail', () => {
    fc.assert(
      fc.property(code, fc.string({ unit: fc.constantFrom('\0', '\uD800', ':', ' ', 'a') }), (code, detail) => {
        const failure = encodeFault({ code, detail })
        expect(Buffer.from(failure).toString()).toBe(failure)
        expect(failure).not.toContain('\0')
        expect(decodeFault(failure).code).toBe(code)
      }),
    )
  })

  it('reads any string without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => decodeFault(text).detail.length >= 0))
  })

  it('reads that workers died at it too often as a crash', () => {
    expect(decodeFault('job stalled more than allowable limit').code).toBe('task.crashed')
  })

  it.each([
    'read ECONNRESET',
    'Connection terminated unexpectedly',
    '',
    'toString: no code, though every object has it',
  ])('reads %j, which no worker of ours wrote, as trouble of the queue', (failure) => {
    expect(decodeFault(failure).code).toBe('internal')
  })
})
