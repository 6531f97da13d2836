import { startSpan } from '@libs/kernel'
import { openTracing } from './open-tracing'

const hex = (digit: string, length: number) => digit.repeat(length)
const parent = `00-${hex('a', 32)}-${hex('b', 16)}-01`

describe('tracing', () => {
  let close = async (): Promise<void> => undefined

  afterEach(() => close())

  it('is off where no collector is set', async () => {
    close = await openTracing('test', {})
    expect(startSpan('none')).toBeUndefined()
  })

  it('goes on in the trace of a caller, and begins one where what he says is none', async () => {
    close = await openTracing('test', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' })
    const below = (given: string | undefined) => startSpan('a', { parent: given })?.traceparent
    expect(below(parent)).toMatch(/^00-a{32}-(?!b)\w{16}-01$/)
    expect(below(parent.replace(/1$/, '0'))).toMatch(/^00-a{32}-(?!b)\w{16}-00$/)
    for (const given of [undefined, '', 'nonsense', parent.replaceAll('a', '0')]) {
      expect(below(given)).toMatch(/^00-(?!0{32}|a{32})\w{32}-\w{16}-01$/)
    }
  })
})
