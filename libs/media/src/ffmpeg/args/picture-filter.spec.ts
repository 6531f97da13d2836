import type { CodedPixels, FillType, MediaInfo } from '@libs/tasks'
import { encoderArgs } from './encoder-args'
import { pictureFilter } from './picture-filter'

const plain: CodedPixels = {
  ...{ format: 'yuv420p', bitDepth: 8, matrix: '', range: 'limited', primaries: '', transfer: '' },
  ...{ interlaced: false, alpha: false },
}

/** As coded in 1920 x 1080 px. */
function video(
  pixels: Partial<CodedPixels> = {},
  turn: { rotationDegrees?: number; mirrored?: boolean } = {},
): MediaInfo {
  const [widthPx, heightPx] = [1920, 1080]
  const quarter = (turn.rotationDegrees ?? 0) % 180 === 90
  const rates = { bitrateBps: 0, framesPerSecond: 25, durationMs: 1000 }
  return {
    ...{ container: 'mp4', sizeBytes: 1, bitrateBps: 1, durationMs: 1000, startMs: 0, pictureStreamIndex: 0 },
    displayWidthPx: quarter ? heightPx : widthPx,
    displayHeightPx: quarter ? widthPx : heightPx,
    pixels: { ...plain, ...pixels },
    videoStreams: [{ index: 0, codec: 'h264', widthPx, heightPx, ...rates, rotationDegrees: 0, ...turn }],
    audioStreams: [],
  }
}

function filters(media: MediaInfo, [widthPx, heightPx, fill]: readonly [number, number, FillType], cubePath?: string) {
  return pictureFilter({ geometry: { widthPx, heightPx, fill }, media, format: 'jpg', chroma: '420', cubePath })
}

it('scales to what fits, or to what fits a frame of another shape, and adds bars at full colour', () => {
  expect(filters(video(), [301, 501, 'white'])).toBe(
    'setparams=colorspace=bt709:range=tv,' +
      "scale=w='if(lt(abs(dar*1080/1920-1),0.01),301,clip(round(501*dar),1,301))':" +
      "h='if(lt(abs(dar*1080/1920-1),0.01),169,clip(round(301/dar),1,501))':flags=bicubic+accurate_rnd," +
      'format=gbrp,pad=301:501:(ow-iw)/2:(oh-ih)/2:color=white,setsar=1,' +
      'scale=out_color_matrix=bt601:out_range=pc:flags=bicubic+accurate_rnd,format=yuvj420p',
  )
})

it('stretches without asking for any shape', () => {
  expect(filters(video(), [300, 501, 'stretch'])).toContain(',scale=300:501:flags=')
})

it.each([
  [0, false, 'format=gbrp,pad'],
  [0, true, 'format=gbrp,hflip,pad'],
  [90, false, 'format=gbrp,transpose=clock,pad'],
  [90, true, 'format=gbrp,hflip,transpose=clock,pad'],
  [180, false, 'format=gbrp,hflip,vflip,pad'],
  [180, true, 'format=gbrp,vflip,pad'],
  [270, false, 'format=gbrp,transpose=cclock,pad'],
])('turns by %d° (mirrored: %s) what is already small', (rotationDegrees, mirrored, expected) => {
  const sides = rotationDegrees % 180 === 0 ? ([640, 360, 'black'] as const) : ([360, 640, 'black'] as const)
  const given = filters(video({}, { rotationDegrees, mirrored }), sides)
  expect(given).toContain(expected)
  expect(given).toContain("scale=w='if(lt(abs(dar*1080/1920-1),0.01),640,")
})

it.each([
  [{ matrix: 'smpte170m', range: 'full' }, 'setparams=colorspace=smpte170m:range=pc,scale'],
  [{ matrix: 'ycgco' }, 'setparams=colorspace=bt709:range=tv,scale'],
  [{ transfer: 'smpte2084' }, 'setparams=colorspace=bt2020nc:range=tv,scale'],
  [{ format: 'bgra' }, 'scale'],
  [{ interlaced: true }, 'setparams=colorspace=bt709:range=tv,estdif=mode=frame:deint=interlaced,settb=2*intb,scale'],
] as const)('reads pixels that say %j', (pixels, expected) => {
  expect(filters(video(pixels), [640, 360, 'black']).startsWith(expected)).toBe(true)
})

it('takes the matrix of SD for small videos that say none, and changes nothing of media that were probed long ago', () => {
  const media = video()
  const [stream] = media.videoStreams
  const small = { ...media, videoStreams: stream === undefined ? [] : [{ ...stream, widthPx: 720, heightPx: 576 }] }
  expect(filters(small, [640, 360, 'black'])).toMatch(/^setparams=colorspace=smpte170m:/)
  expect(filters({ ...media, pixels: undefined }, [640, 360, 'black'])).toMatch(/^scale=w=/)
})

it('names the colour table literally, whatever its folder is called', () => {
  expect(filters(video(), [640, 360, 'black'], "/a b/c:d,'e'[f].cube")).toContain(
    String.raw`,format=gbrp10le,lut3d=file=/a b/c\\:d\,\\\'e\\\'\[f\].cube,format=gbrp,`,
  )
})

it('keeps PNG in full colour', () => {
  const geometry = { widthPx: 640, heightPx: 360, fill: 'black' } as const
  expect(pictureFilter({ geometry, media: video(), format: 'png', chroma: '420' })).toMatch(/setsar=1,format=rgb24$/)
})

describe('the tables of JPEG', () => {
  it.each([
    [50, '16,11,10,16,24,40,51,61,', '17,18,24,47,99,'],
    [85, '5,3,3,5,7,12,15,18,', '5,5,7,14,30,'],
    [100, '1,1,1,1,1,1,1,1,', '1,1,1,1,1,'],
    [1, '255,255,255,', '255,255,255,'],
  ])('are those of libjpeg at quality %d', (quality, luma, chroma) => {
    const args = encoderArgs({ format: 'jpg', quality, chroma: '420' }, { isInterim: false })
    expect(args[args.indexOf('-intra_matrix') + 1]).toMatch(new RegExp(`^${luma}`))
    expect(args[args.indexOf('-chroma_intra_matrix') + 1]).toMatch(new RegExp(`^${chroma}`))
  })
})
