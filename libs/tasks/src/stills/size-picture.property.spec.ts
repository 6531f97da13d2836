import fc from 'fast-check'
import { maxPixels, maxSidePx, sizePicture } from './size-picture'

const wide = { displayWidthPx: 1920, displayHeightPx: 1080 }
const tall = { displayWidthPx: 1080, displayHeightPx: 1920 }

it.each([
  ['both 0: as the video is shown', [0, 0], false, wide, [1920, 1080]],
  ['both 0, adaptive: the same', [0, 0], true, tall, [1080, 1920]],
  ['height 0: in proportion', [640, 0], false, wide, [640, 360]],
  ['width 0: in proportion', [0, 360], false, wide, [640, 360]],
  ['odd sizes stay odd', [641, 0], false, wide, [641, 361]],
  ['both set: exactly those', [301, 501], false, wide, [301, 501]],
  ['adaptive: width is the long side', [640, 360], true, tall, [360, 640]],
  ['not adaptive: literally', [640, 360], false, tall, [640, 360]],
  ['adaptive, long side alone', [640, 0], true, tall, [360, 640]],
  ['adaptive, short side alone', [0, 360], true, tall, [360, 640]],
  ['a thin video keeps a pixel', [16, 0], false, { displayWidthPx: 8192, displayHeightPx: 16 }, [16, 1]],
] as const)('%s', (_rule, [widthPx, heightPx], resolutionAdaptive, media, [width, height]) => {
  const settings = { widthPx, heightPx, resolutionAdaptive, fill: 'black' } as const
  expect(sizePicture(settings, media)).toEqual({ widthPx: width, heightPx: height, fill: 'black' })
})

it('keeps the proportion to the pixel, and turns with the video', () => {
  const side = fc.integer({ min: 16, max: 4096 })
  fc.assert(
    fc.property(side, side, side, (displayWidthPx, displayHeightPx, longSidePx) => {
      const settings = { widthPx: longSidePx, heightPx: 0, resolutionAdaptive: true, fill: 'black' } as const
      fc.pre(displayWidthPx !== displayHeightPx)
      const upright = sizePicture(settings, { displayWidthPx, displayHeightPx })
      const turned = sizePicture(settings, { displayWidthPx: displayHeightPx, displayHeightPx: displayWidthPx })
      expect(Math.max(upright.widthPx, upright.heightPx)).toBe(longSidePx)
      expect([turned.heightPx, turned.widthPx]).toEqual([upright.widthPx, upright.heightPx])
      const shape = Math.min(displayWidthPx, displayHeightPx) / Math.max(displayWidthPx, displayHeightPx)
      const exactPx = Math.max(1, longSidePx * shape)
      expect(Math.abs(Math.min(upright.widthPx, upright.heightPx) - exactPx)).toBeLessThanOrEqual(0.5 + 1e-9)
    }),
  )
})

it.each([
  [maxSidePx + 1, 100],
  [65_535, 65_535],
  [100, maxSidePx + 1],
  [8193, maxPixels / 8192],
])('refuses %d x %d px', (widthPx, heightPx) => {
  const settings = { widthPx, heightPx, resolutionAdaptive: false, fill: 'black' } as const
  expect(faultOf(() => sizePicture(settings, wide))).toMatchObject({ code: 'task.invalidConfiguration' })
})

function faultOf(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return undefined
}
