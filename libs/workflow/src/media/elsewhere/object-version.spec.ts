import { contextOf, isOlder, referenceOf, versionId } from './object-version'

const version = (sequencer?: string) => ({ bucket: 'videos', key: 'a/ü.mp4', sequencer })

describe('a version of an object', () => {
  it('is named by its bucket and key', () => {
    expect(referenceOf(version('1'))).toBe('s3://videos/a/ü.mp4')
  })

  it('is told from others by its sequencer, else by its tag', () => {
    const ids = [version('1'), version('2'), version(), { ...version('1'), key: 'b' }].map((each) =>
      versionId(each, 'tag'),
    )
    expect(new Set(ids).size).toBe(4)
    expect(versionId(version(), 'other')).not.toBe(versionId(version(), 'tag'))
    expect(versionId(version('1'), 'other')).toBe(versionId(version('1'), 'tag'))
  })

  it.each([
    ['0055AED6DCD90281E5', '0055AED6DCD90281E6', true],
    ['0055AED6DCD90281E6', '0055AED6DCD90281E5', false],
    ['17A0', '17a0', false],
    ['17A', '17A01', true],
    [undefined, '17A0', false],
    ['17A0', undefined, false],
  ])('of sequencer %s happened before %s: %s', (sequencer, known, expected) => {
    expect(isOlder(version(sequencer), contextOf(version(known)))).toBe(expected)
  })

  it.each(['', 'mine', '{"bucket":7}'])('did not happen before a media of something else (%j)', (context) => {
    expect(isOlder(version('1'), context)).toBe(false)
  })
})
