import { isStorableText, parseHttpUrl, sourceNameOf, sourceNameOfUrl } from './source-name'

describe('sourceNameOf', () => {
  it.each([
    ['Animal World.MP4', { name: 'Animal World', extension: 'mp4' }],
    ['a.tar.gz', { name: 'a.tar', extension: 'gz' }],
    ['.mp4', { name: '.mp4', extension: '' }],
    ['视频', { name: '视频', extension: '' }],
    ['', { name: '', extension: '' }],
    ['a.b c', { name: 'a.b c', extension: '' }],
  ])('splits %j', (fileName, expected) => {
    expect(sourceNameOf(fileName)).toEqual(expected)
  })

  it('cuts a long name between characters', () => {
    expect(sourceNameOf('🎬'.repeat(300)).name).toBe('🎬'.repeat(255))
  })
})

describe('sourceNameOfUrl', () => {
  it.each([
    ['http://h/a/b%20c.mp4?x=1', { name: 'b c', extension: 'mp4' }],
    ['http://h/', { name: '', extension: '' }],
    ['http://h/%zz.mkv', { name: '%zz', extension: 'mkv' }],
    ['http://h/a%00b.mp4', { name: 'ab', extension: 'mp4' }],
  ])('names %s', (url, expected) => {
    expect(sourceNameOfUrl(new URL(url))).toEqual(expected)
  })
})

describe('parseHttpUrl', () => {
  it.each(['ftp://h/a', 'file:///etc/passwd', '/a', 'http://', 'abc', '', 'http://u@h/', 'https://u:w@h/a'])(
    'refuses %j',
    (text) => {
      expect(parseHttpUrl(text)).toBeUndefined()
    },
  )

  it('takes http and https', () => {
    expect(parseHttpUrl('https://h/a')?.href).toBe('https://h/a')
  })
})

describe('isStorableText', () => {
  it.each([
    ['a🎬中', true],
    ['a\0b', false],
    ['\ud83c', false],
  ])('says of %j: %s', (text, expected) => {
    expect(isStorableText(text)).toBe(expected)
  })
})
