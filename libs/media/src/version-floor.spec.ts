import { adviceOn } from './version-floor'

describe('adviceOn', () => {
  it.each([
    '5.1.10',
    'n6.1.6',
    '7.1.5-static',
    '8.1.3',
    '9.0.2-1ubuntu1',
    '9.1',
    '10.0',
    'N-118448-g1234567',
    'unknown',
  ])('has nothing to say about %s', (version) => {
    expect(adviceOn('ffmpeg', version)).toBeUndefined()
  })

  it.each(['3.4.8', '5.1.9-0+deb12u1', '6.0', '7.0-static', '7.1', '7.1.4', '8.0.9', '8.1.2', '9.0', '9.0.1'])(
    'advises to replace %s',
    (version) => {
      expect(adviceOn('ffmpeg', version)).toMatch(`ffmpeg ${version} is older`)
    },
  )
})
