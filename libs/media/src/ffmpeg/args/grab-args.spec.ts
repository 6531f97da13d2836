import { grabCommand, pictureName } from './grab-args'
import type { GrabStyle } from './grab-args'
import { untrustedInputArgs } from './untrusted-input'

const style: GrabStyle = {
  path: '/work space/100%/a;b.mp4',
  streamIndex: 2,
  pictureFilter: 'scale=640:360',
  format: 'jpg',
  folder: '/tmp/100%',
  threads: 1,
  strict: true,
}

it('takes each run from an input of its own, in one process', () => {
  const { inputs, outputs } = grabCommand([{ ptsTicks: [0, 512] }, { seekS: 12.5, ptsTicks: [7680] }], style)
  expect(inputs.map(({ url }) => url)).toEqual(['file:/work space/100%/a;b.mp4', 'file:/work space/100%/a;b.mp4'])
  expect(inputs[0]?.options).toEqual([
    ...['-nostdin', '-v', 'warning', '-max_alloc', '1073741824', '-filter_threads', '1', '-copyts', '-xerror'],
    ...untrustedInputArgs(),
    ...['-threads', '1'],
  ])
  expect(inputs[1]?.options).toEqual([
    ...untrustedInputArgs(),
    ...['-threads', '1', '-noaccurate_seek', '-seek_timestamp', '1', '-ss', '12.500000'],
  ])
  expect(outputs[0]?.options).toEqual([
    ...['-map', '0:2', '-an', '-sn', '-dn', '-map_metadata', '-1'],
    ...['-vf', "trim=end_pts=513,select='eq(pts,0)+eq(pts,512)',scale=640:360"],
    ...['-fps_mode', 'passthrough', '-enc_time_base', '-1', '-frames:v', '2'],
    ...['-c:v', 'mjpeg', '-q:v', '2', '-huffman', 'optimal', '-f', 'image2', '-frame_pts', '1'],
  ])
  expect(outputs[1]?.options.slice(0, 2)).toEqual(['-map', '1:2'])
})

it('names pictures by their presentation time, and folders literally', () => {
  expect(grabCommand([{ ptsTicks: [1] }], style).outputs[0]?.target).toBe('/tmp/100%%/%d.jpg')
  expect(pictureName(-512, 'png')).toBe('-512.png')
})

it('goes past damage only when told to', () => {
  const { inputs } = grabCommand([{ ptsTicks: [1] }], { ...style, strict: false })
  expect(inputs[0]?.options).not.toContain('-xerror')
})

it('lets a stranger’s file open nothing but itself', () => {
  const args = untrustedInputArgs()
  expect(args.slice(0, 2)).toEqual(['-protocol_whitelist', 'file'])
  const formats = args[args.indexOf('-format_whitelist') + 1]?.split(',') ?? []
  for (const risky of ['hls', 'dash', 'concat', 'sdp', 'image2', 'tty', 'lavfi', 'svg_pipe', 'imf']) {
    expect(formats).not.toContain(risky)
  }
})
