import { worthSaying } from './app-log'

describe('worthSaying', () => {
  it.each([
    ['{"level":30,"msg":"task ended"}', undefined],
    ['{"level":"info","msg":"The schema is up to date."}', undefined],
    ['{"level":40,"msg":"disk is nearly full"}', 'warning: disk is nearly full'],
    ['{"level":"error","msg":"gone"}', 'error: gone'],
    [
      '{"level":50,"msg":"task failed","err":{"message":"no such codec","stack":"…"}}',
      'error: task failed: no such codec',
    ],
    ['{"level":50,"msg":"no such codec","err":{"message":"no such codec"}}', 'error: no such codec'],
    ['Error: not JSON at all', 'Error: not JSON at all'],
    ['', undefined],
  ])('of %s says %s', (line, said) => {
    expect(worthSaying(line)).toBe(said)
  })
})
