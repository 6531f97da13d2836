import { regularOf } from './regular'

it.each([
  [['a/00001.jpg', 'a/00002.jpg'], 'a/{SnapshotCount}.jpg'],
  [['a/00001/s-00001.jpg'], 'a/00001/s-{SnapshotCount}.jpg'],
  [['a/sprite.vtt'], 'a/sprite.vtt'],
  [['a/0f00001c/sprite.vtt'], 'a/0f00001c/sprite.vtt'],
  [['a/00001/s.jpg', 'a/00002/s.jpg'], 'a/{SnapshotCount}/s.jpg'],
  [['a/00001.jpg', 'a/00003.jpg'], undefined],
  [['a/still-0.jpg', 'a/still-1.jpg'], undefined],
  [[], undefined],
])('finds the rule of %j', (names, rule) => {
  expect(regularOf(names)).toBe(rule)
})
