import { fileName, nameFile, refuseOneNameForMany, vttFileName } from './file-name'

it.each([
  ['shots/{index}.{format}', 'shots/00012.png'],
  ['{index}-{index}', '00012-00012'],
  ['a/b/c-d_e.f', 'a/b/c-d_e.f'],
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
  'a b',
  'ä',
  'a\\b',
  'a\nb',
  '{count}',
  'x'.repeat(201),
  's.vtt',
  // No storage keeps what begins so, or climbs.
  '_a',
  'a/-b',
  'a..b',
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
