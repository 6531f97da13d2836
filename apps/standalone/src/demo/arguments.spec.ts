import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseDemoArguments } from './arguments'
import { DemoFailure } from './demo-failure'

describe('parseDemoArguments', () => {
  it('has a default for everything', () => {
    const args = parseDemoArguments([])
    expect(args).toMatchObject({ bundled: true, outDir: resolve('demo-output'), procedure: 'demo' })
    expect(args && 'file' in args.input && existsSync(args.input.file)).toBe(true)
  })

  it('takes a file, a URL, a folder and a name', () => {
    expect(parseDemoArguments(['--input', __filename])?.input).toEqual({ file: __filename })
    expect(parseDemoArguments(['--input=https://example.com/a.mp4', '--out', '/x', '--procedure', 'p'])).toEqual({
      input: { url: 'https://example.com/a.mp4' },
      bundled: false,
      outDir: '/x',
      procedure: 'p',
    })
    expect(parseDemoArguments(['--help'])).toBeUndefined()
  })

  it.each([[['--inptu', 'x']], [['--input', '/no/such/file']], [['--input', '/']], [['stray']]])(
    'refuses %j',
    (args) => {
      expect(() => parseDemoArguments(args)).toThrow(DemoFailure)
    },
  )
})
