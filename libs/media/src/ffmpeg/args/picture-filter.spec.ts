import { pictureFilter } from './picture-filter'

const wide = { widthPx: 1920, heightPx: 1080 }
const jpg = 'setsar=1,scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p'

it.each([
  ['stretch', { widthPx: 300, heightPx: 501, fill: 'stretch' }, 'scale=300:501:flags=bicubic'],
  ['a fitting shape needs no fill', { widthPx: 641, heightPx: 361, fill: 'gauss' }, 'scale=641:361:flags=bicubic'],
  [
    'bars above and below',
    { widthPx: 301, heightPx: 501, fill: 'white' },
    'scale=301:169:flags=bicubic,format=yuv444p,pad=301:501:0:166:color=white',
  ],
  [
    'bars left and right',
    { widthPx: 400, heightPx: 90, fill: 'black' },
    'scale=160:90:flags=bicubic,format=yuv444p,pad=400:90:120:0:color=black',
  ],
  [
    'a blurred copy, cut to the frame’s shape',
    { widthPx: 400, heightPx: 400, fill: 'gauss' },
    'split[front][back];[back]crop=iw*0.562500:ih,scale=50:50:flags=bicubic,format=yuv444p,gblur=sigma=2.5,' +
      'scale=400:400:flags=bicubic[blurred];[front]scale=400:225:flags=bicubic,format=yuv444p[fitted];' +
      '[blurred][fitted]overlay=0:87:format=yuv444',
  ],
] as const)('%s', (_name, geometry, filter) => {
  expect(pictureFilter(geometry, wide, 'jpg')).toBe(`${filter},${jpg}`)
})

it('keeps PNG in full colour', () => {
  expect(pictureFilter({ ...wide, fill: 'black' }, wide, 'png')).toMatch(/setsar=1,format=rgb24$/)
})
