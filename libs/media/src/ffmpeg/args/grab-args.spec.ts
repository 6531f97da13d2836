import { Readable } from 'node:stream'
import { excerptCommand, pictureName, seekCommand } from './grab-args'
import { untrustedInputArgs } from './untrusted-input'

const stream = { path: '/work space/100%/a;b.mp4', index: 2 }
const style = {
  pictureFilter: 'scale=640:360',
  format: 'jpg',
  encoderArgs: ['-c:v', 'mjpeg'],
  folder: '/tmp/100%',
} as const
const strictly = { threads: 1, strict: true }
const globals = [
  ...['-nostdin', '-hide_banner', '-nostats', '-v', 'level+info', '-max_alloc', '1073741824'],
  ...['-filter_threads', '1', '-copyts', '-xerror'],
]

it('takes each run from an input of its own, in one process', () => {
  const runs = [{ ptsTicks: [0, 512] }, { seekS: 12.5, ptsTicks: [7680] }]
  const { inputs, outputs } = seekCommand(runs, stream, style, strictly)
  expect(inputs.map(({ source }) => source)).toEqual(['file:/work space/100%/a;b.mp4', 'file:/work space/100%/a;b.mp4'])
  expect(inputs[0]?.options).toEqual([...globals, ...untrustedInputArgs('file'), '-threads', '1', '-noautorotate'])
  expect(inputs[1]?.options).toEqual([
    ...untrustedInputArgs('file'),
    ...['-threads', '1', '-noautorotate', '-noaccurate_seek', '-seek_timestamp', '1', '-ss', '12.500000'],
  ])
  expect(outputs[0]?.options).toEqual([
    ...['-map', '0:2', '-an', '-sn', '-dn', '-map_metadata', '-1'],
    ...['-vf', "trim=end_pts=513,select='eq(pts,0)+eq(pts,512)',scale=640:360"],
    ...['-fps_mode', 'passthrough', '-enc_time_base', '-1', '-frames:v', '2'],
    ...['-c:v', 'mjpeg', '-f', 'image2', '-frame_pts', '1'],
  ])
  expect(outputs[1]?.options.slice(0, 2)).toEqual(['-map', '1:2'])
})

it('takes an excerpt from its standard input alone, and undoes the shift of its times', () => {
  const bytes = Readable.from([])
  const excerpt = { stream: bytes, format: 'mov', shiftTicks: 100 }
  const { inputs, outputs } = excerptCommand(excerpt, [0, 512], style, strictly)
  expect(inputs.map(({ source }) => source)).toEqual([bytes])
  expect(inputs[0]?.options.slice(globals.length, globals.length + 2)).toEqual(['-protocol_whitelist', 'pipe'])
  expect(outputs[0]?.options).toContain(
    "trim=end_pts=613,select='eq(pts,100)+eq(pts,612)',setpts=PTS-100,scale=640:360",
  )
})

it('names pictures by their presentation time, and folders literally', () => {
  expect(seekCommand([{ ptsTicks: [1] }], stream, style, strictly).outputs[0]?.target).toBe('/tmp/100%%/%d.jpg')
  expect(pictureName(-512, 'png')).toBe('-512.png')
})

it('goes past damage only when told to', () => {
  const { inputs } = seekCommand([{ ptsTicks: [1] }], stream, style, { ...strictly, strict: false })
  expect(inputs[0]?.options).not.toContain('-xerror')
})

it('lets a stranger’s file open nothing but itself', () => {
  const args = untrustedInputArgs('file')
  expect(args.slice(0, 2)).toEqual(['-protocol_whitelist', 'file'])
  const formats = args[args.indexOf('-format_whitelist') + 1]?.split(',') ?? []
  for (const risky of ['hls', 'dash', 'concat', 'sdp', 'image2', 'tty', 'lavfi', 'svg_pipe', 'imf']) {
    expect(formats).not.toContain(risky)
  }
})
