import { withoutQueries } from './without-queries'

it('shows where a file is pulled from, and not what it is signed with', () => {
  const request = {
    url: 'https://example.com/film.mp4?X-Amz-Signature=secret',
    cover: { url: 'HTTP://example.com/?a=b' },
  }
  const shown = { url: 'https://example.com/film.mp4?…', cover: { url: 'HTTP://example.com/?…' } }
  expect(withoutQueries({ input: { request }, name: 'what?' })).toEqual({ input: { request: shown }, name: 'what?' })
  expect(withoutQueries(undefined)).toBeUndefined()
})
