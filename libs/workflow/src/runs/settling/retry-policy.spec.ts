import { errorCatalogue, errorCodes } from '@libs/kernel'
import { retryDelayMs, retryPolicies } from './retry-policy'

describe('the retry policy', () => {
  it('never retries what the catalogue calls final', () => {
    for (const code of errorCodes.filter((each) => !errorCatalogue[each].retry)) {
      expect(retryDelayMs('imageSprites', { code, detail: '' }, 0)).toBeUndefined()
    }
  })

  it('waits longer each time, and gives up after the last try', () => {
    const { maxTries, firstBackoffMs } = retryPolicies.imageSprites
    const delays = Array.from({ length: maxTries }, (_, tries) =>
      retryDelayMs('imageSprites', { code: 'storage.failed', detail: '' }, tries),
    )
    expect(delays).toEqual([firstBackoffMs, firstBackoffMs * 2, undefined])
  })

  it('gives a full disk a minute to be cleared', () => {
    const fault = { code: 'storage.full', detail: '' } as const
    const delays = Array.from({ length: 6 }, (_, tries) => retryDelayMs('imageSprites', fault, tries))
    expect(delays).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, undefined])
  })

  it('waits as long as a server asked for, but not for days', () => {
    const delay = (retryAfterMs: number) =>
      retryDelayMs('ingest', { code: 'media.temporarilyNotAccessible', detail: '', retryAfterMs }, 0)
    expect([delay(500), delay(30_000), delay(9 * 86_400_000)]).toEqual([2_000, 30_000, 3_600_000])
  })
})
