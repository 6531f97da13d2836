import { placeOffset } from './place-offset'

const media = {
  durationMs: 10_000,
  pictureStreamIndex: 0,
  videoStreams: [
    {
      index: 0,
      codec: 'h264',
      widthPx: 160,
      heightPx: 90,
      bitrateBps: 0,
      framesPerSecond: 25,
      durationMs: 10_000,
      rotationDegrees: 0,
    },
  ],
}

it.each([
  [{ unit: 'ms', value: 0 }, 0],
  [{ unit: 'ms', value: 3500 }, 3500],
  [{ unit: 'ms', value: 10_000 }, 10_000],
  [{ unit: 'ms', value: 10_040 }, 10_040],
  [{ unit: 's', value: 3.5 }, 3500],
  [{ unit: 's', value: 10 }, 10_000],
  [{ unit: 'percent', value: 0 }, 0],
  [{ unit: 'percent', value: 12.5 }, 1250],
  [{ unit: 'percent', value: 100 }, 10_000],
] as const)('places %j at %d ms', (offset, atMs) => {
  expect(placeOffset(offset, media, 'offsets.0')).toBe(atMs)
})

it('refuses an offset more than a frame beyond the end, as it was asked', () => {
  expect(faultOf(() => placeOffset({ unit: 'ms', value: 10_041 }, media, 'offsets.3'))).toMatchObject({
    code: 'task.invalidOffset',
    field: 'offsets.3',
    message: 'The offset 10.041s is beyond the end of the media, which lasts 10s.',
  })
})

it('refuses seconds beyond the end like milliseconds', () => {
  expect(() => placeOffset({ unit: 's', value: 11 }, media, 'position')).toThrow('The offset 11s is beyond the end')
})

it('allows nothing beyond the end where the frame rate is unknown', () => {
  const unknown = { ...media, videoStreams: [] }
  expect(() => placeOffset({ unit: 'ms', value: 10_001 }, unknown, 'position')).toThrow('beyond the end')
})

function faultOf(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return undefined
}
