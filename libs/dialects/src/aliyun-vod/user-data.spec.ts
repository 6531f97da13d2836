import { readUserData } from './user-data'

const callbackUrl = 'http://example.com/hook'

it.each([
  ['{"MessageCallback":{"CallbackURL":"http://example.com/hook"},"Extend":{"a":1}}', callbackUrl, '{"a":1}'],
  ['{"MessageCallback":"{\\"CallbackURL\\":\\"http://example.com/hook\\"}","Extend":"x"}', callbackUrl, 'x'],
  ["{'Extend':'x'}", undefined, 'x'],
  ['{"Vod":{"Title":"test"}}', undefined, '{"Vod":{"Title":"test"}}'],
  ['plain text', undefined, 'plain text'],
  ['[1]', undefined, '[1]'],
  ['null', undefined, 'null'],
])('reads %s', (text, url, extend) => {
  expect(readUserData(text)).toEqual({ callbackUrl: url, extend })
})
