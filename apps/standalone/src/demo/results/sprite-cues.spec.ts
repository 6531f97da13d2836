import { parseSpriteCues } from './sprite-cues'

const cue = (start: string, end: string, x = 0): string => `${start} --> ${end}\nsheet-0.jpg#xywh=${x},0,160,90`

describe('parseSpriteCues', () => {
  it('reads times and rectangles', () => {
    const vtt = `WEBVTT\n\n${cue('00:00:00.000', '00:00:02.500')}\n\n${cue('00:00:02.500', '01:00:05.000', 160)}\n`
    expect(parseSpriteCues(vtt)).toEqual([
      { startMs: 0, endMs: 2500, sheet: 'sheet-0.jpg', xPx: 0, yPx: 0, widthPx: 160, heightPx: 90 },
      { startMs: 2500, endMs: 3_605_000, sheet: 'sheet-0.jpg', xPx: 160, yPx: 0, widthPx: 160, heightPx: 90 },
    ])
  })

  it.each([
    ['no header', cue('00:00:00.000', '00:00:01.000'), /no WEBVTT header/],
    ['a gap', `WEBVTT\n\n${cue('00:00:00.000', '00:00:01.000')}\n\n${cue('00:00:01.500', '00:00:02.000')}`, /1500 ms/],
    ['a late start', `WEBVTT\n\n${cue('00:00:01.000', '00:00:02.000')}`, /1000 ms/],
    ['a cue without a rectangle', 'WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nsheet-0.jpg', /no cue of a sprite/],
  ])('refuses %s', (_what, vtt, message) => {
    expect(() => parseSpriteCues(vtt)).toThrow(message)
  })
})
