import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { cutCommand, excerptCommand, seekCommand } from './grab-args'
import { describeArgs, firstFramesArgs, framesArgs, packetsArgs } from './probe-args'

const path = '/media/concat:a %03d;$(id).mp4'
const stream = { path, index: 0 }
const style = { pictureFilter: 'null', format: 'jpg', encoderArgs: [], folder: '/scratch/frames' } as const
const care = { threads: 1, strict: true }
const excerpt = { stream: Readable.from([]), format: 'mov', shiftTicks: 0 }

const commands = {
  seek: seekCommand([{ ptsTicks: [0] }, { seekS: 1, ptsTicks: [25] }], stream, style, care),
  cut: cutCommand({ seekS: 1 }, stream, { path: '/scratch/frames/cut.ts', packets: 9 }),
  excerpt: excerptCommand(excerpt, [0], style, care),
}
const probes = {
  describe: describeArgs(path),
  firstFrames: firstFramesArgs(path, 0, 9),
  packets: packetsArgs(path, 0, { fromS: 1 }),
  frames: framesArgs(path, 0),
}
const walls = ['-protocol_whitelist', '-format_whitelist', '-codec_whitelist', '-max_pixels', '-max_streams']

it.each(Object.entries(commands))('%s reads local files by their literal name, or its pipe', (_name, command) => {
  for (const { source, options } of command.inputs) {
    const isPiped = source === excerpt.stream
    expect(isPiped || source).toEqual(isPiped || `file:${path}`)
    expect(options).toEqual(expect.arrayContaining(walls))
    expect(options[options.indexOf('-protocol_whitelist') + 1]).toBe(isPiped ? 'pipe' : 'file')
  }
  expect(command.inputs[0]?.options).toEqual(expect.arrayContaining(['-nostdin', '-max_alloc']))
})

it.each(Object.entries(probes))('%s probes a local file by its literal name', (_name, args) => {
  expect(args.at(-1)).toBe(`file:${path}`)
  expect(args).toEqual(expect.arrayContaining([...walls, '-max_alloc', '-probesize', '-analyzeduration']))
  expect(args[args.indexOf('-protocol_whitelist') + 1]).toBe('file')
})

it('starts processes in these places alone', () => {
  const root = join(__dirname, '..', '..')
  const starters = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('spec.ts'))
    .filter((name) =>
      /import \{.*from '(node:child_process|fluent-ffmpeg)'|import ffmpeg/.test(readFileSync(join(root, name), 'utf8')),
    )
  expect(starters.sort()).toEqual([
    'check-media-tools.ts',
    'confinement/open-media-tools.ts',
    'ffmpeg/run-ffmpeg.ts',
    'ffmpeg/run-ffprobe.ts',
    'missing-abilities.ts',
  ])
})
