import { escapeName, fileName, nameFile, refuseOneNameForMany, vttFileName } from './file-name'

it('escapes what a URL or a WebVTT would read otherwise, and leaves the folders', () => {
  const name = 'a b/50%/#1?&=--> 片.jpg'
  expect(escapeName(name)).toMatch(/^[\w.%/-]+$/)
  expect(new URL(escapeName(name), 'http://host/').pathname.slice(1).split('/').map(decodeURIComponent)).toEqual(
    name.split('/'),
  )
})

it.each([
  ['shots/{index}.{format}', 'shots/00012.png'],
  ['{index}-{index}', '00012-00012'],
  ['a/b/c-d_e.f', 'a/b/c-d_e.f'],
  ['片花/第 {index} 张, 50%#?&~.{format}', '片花/第 00012 张, 50%#?&~.png'],
  ['_a/-b/a..b', '_a/-b/a..b'],
])('names files by %s', (pattern, name) => {
  expect(fileName.safeParse(pattern).success).toBe(true)
  expect(nameFile(pattern, 11, 'png')).toBe(name)
})

it.each([
  '',
  '/a',
  'a/',
  'a//b',
  '.a',
  'a/../b',
  '..',
  'a/.b',
  'a\\b',
  'a\nb',
  'a\0b',
  'a\u2028b',
  'a\ud800b',
  'a\u202eb',
  '{count}',
  'a{b',
  'ä'.repeat(128),
  `${'x'.repeat(200)}/${'y'.repeat(200)}/${'z'.repeat(199)}`,
  's.vtt',
])('refuses %j', (pattern) => {
  expect(fileName.safeParse(pattern).success).toBe(false)
})

it('wants several files told apart', () => {
  expect(() => refuseOneNameForMany('a.jpg', 2, 'fileName')).toThrow('needs {index}')
  expect(() => refuseOneNameForMany('a.jpg', 1, 'fileName')).not.toThrow()
  expect(() => refuseOneNameForMany('{index}.jpg', 2, 'fileName')).not.toThrow()
})

it('takes the name of a WebVTT, which is one file', () => {
  expect(vttFileName.safeParse('a/b.vtt').success).toBe(true)
  for (const name of ['a.jpg', '{index}.vtt', '../a.vtt']) expect(vttFileName.safeParse(name).success).toBe(false)
})
