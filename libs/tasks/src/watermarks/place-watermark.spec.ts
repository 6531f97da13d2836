import { maxSidePx } from '../stills/size-picture'
import { placeWatermark } from './place-watermark'
import type { FrozenWatermark, MarkLength } from './watermark'

const px = (value: number): MarkLength => ({ unit: 'px', value })
const percent = (value: number): MarkLength => ({ unit: 'percent', value })
const picture = { widthPx: 640, heightPx: 360 }

type Given = Partial<Pick<FrozenWatermark, 'origin' | 'x' | 'y'>> & Partial<FrozenWatermark['mark']>

function place({ origin = 'topLeft', x = px(0), y = px(0), ...mark }: Given) {
  const image = { key: 'watermarks/0/mark.png', widthPx: 200, heightPx: 100 }
  const usual = { type: 'image', image, width: percent(10), height: px(0), transparencyPercent: 0, repeat: 'forever' }
  return placeWatermark(
    { definition: 1000, origin, x, y, mark: { ...usual, ...mark } as FrozenWatermark['mark'] },
    picture,
  )
}

it.each([
  ['topLeft', 10, 20],
  ['topRight', 640 - 64 - 10, 20],
  ['bottomLeft', 10, 360 - 32 - 20],
  ['bottomRight', 640 - 64 - 10, 360 - 32 - 20],
] as const)('measures from the corner %s', (origin, leftPx, topPx) => {
  expect(place({ origin, x: px(10), y: px(20) })).toMatchObject({ leftPx, topPx, widthPx: 64, heightPx: 32 })
})

it('takes percentages of the side of the picture that a length lies along', () => {
  const placed = place({ x: percent(25), y: percent(10), width: percent(50), height: percent(50) })
  expect(placed).toMatchObject({ leftPx: 160, topPx: 36, widthPx: 320, heightPx: 180 })
})

it('keeps the shape of the image where no height is given, and takes a size in px as it is', () => {
  expect(place({ width: px(150) })).toMatchObject({ widthPx: 150, heightPx: 75 })
  expect(place({ width: px(150), height: px(40) })).toMatchObject({ widthPx: 150, heightPx: 40 })
})

it('lets marks reach over every edge', () => {
  expect(place({ x: px(630), y: px(350) })).toMatchObject({ leftPx: 630, topPx: 350 })
  expect(place({ width: px(1000), origin: 'bottomRight' })).toMatchObject({ leftPx: -360, topPx: -140 })
})

it('gives no mark less than a pixel, nor more than a picture can have', () => {
  const image = (widthPx: number, heightPx: number) => ({ key: 'k', widthPx, heightPx })
  expect(place({ image: image(4096, 1) })).toMatchObject({ widthPx: 64, heightPx: 1 })
  expect(place({ image: image(1, 4096), width: px(4096) })).toMatchObject({ widthPx: 4096, heightPx: maxSidePx })
})

it('is as opaque as it is not transparent', () => {
  expect([0, 50, 100].map((transparencyPercent) => place({ transparencyPercent }).opacity)).toEqual([1, 0.5, 0])
})
