import sharp from 'sharp'
import { caseOf, type Trial } from '../case'
import { boastingPng, longGif, pngBomb, polyglots, svgs } from '../inputs/images'
import { bytes } from '../inputs/make'
import { fails } from '../judging/expectations'
import { acceptedImage, refusedImage, servedSafely, upload } from '../judging/trials'

const photo = () => sharp({ create: { width: 60, height: 30, channels: 3, background: 'red' } })
const turned = (orientation: number): Trial =>
  acceptedImage(`orientation ${orientation}`, () => photo().withMetadata({ orientation }).jpeg().toBuffer(), {
    widthPx: orientation > 4 ? 30 : 60,
    heightPx: orientation > 4 ? 60 : 30,
  })
const sized = { widthPx: 60, heightPx: 30 }
const notMedia = fails(['media.notMedia', 'media.unsupported', 'media.malformed'])

/** Images offered as watermarks, and files that are several things at once: 67 to 77. */
export const images = [
  caseOf({
    ...{ number: 67, title: 'PNG of 60,000 x 60,000 px in 450 KB', made: 'zeros, compressed' },
    trials: () => [refusedImage('67-bomb.png', pngBomb)],
  }),
  caseOf({
    ...{ number: 68, title: 'PNG whose header says 2,147,483,647 px', made: 'a header', quick: true },
    trials: () => [refusedImage('68-boast.png', boastingPng)],
  }),
  caseOf({
    ...{ number: 69, title: 'truncated JPEG', made: 'the head of one', quick: true },
    trials: () => [
      refusedImage('69-half.jpg', async () => {
        const whole = await sharp({ create: { width: 200, height: 200, channels: 3, noise, background: 'red' } })
          .jpeg()
          .toBuffer()
        return whole.subarray(0, whole.length >> 1)
      }),
    ],
  }),
  caseOf({
    ...{
      number: 70,
      title: 'CMYK JPEG, EXIF orientations, huge EXIF, broken colour profile',
      made: 'sharp',
      quick: true,
    },
    decision: 'Kept upright, as sRGB with alpha.',
    trials: () => [
      acceptedImage('cmyk', () => photo().toColourspace('cmyk').jpeg().toBuffer(), sized),
      ...[1, 2, 3, 4, 5, 6, 7, 8].map(turned),
      acceptedImage(
        'huge exif',
        () =>
          photo()
            .withExif({ IFD0: { Copyright: 'x'.repeat(60_000) } })
            .jpeg()
            .toBuffer(),
        sized,
      ),
      acceptedImage('broken profile', brokenProfile, sized),
    ],
  }),
  caseOf({
    ...{ number: 71, title: 'GIF of 100,000 frames without a pause', made: 'the same frame again' },
    decision: 'Only the first frame is looked at; 100,000 frames are more than the 1 MB that a call may have.',
    trials: () => [
      acceptedImage('71-short.gif', () => longGif(2), { widthPx: 1, heightPx: 1 }),
      acceptedImage('71-long.gif', () => longGif(25_000), { widthPx: 1, heightPx: 1 }),
      refusedImage('71-longer.gif', () => longGif(100_000), 413, 'request.tooLarge'),
    ],
  }),
  caseOf({
    ...{ number: 72, title: 'SVG with an external image, or an entity', made: 'texts', quick: true },
    decision: 'Watermarks are JPEG, PNG or GIF. No SVG is ever parsed.',
    trials: () => [refusedImage('72-image.svg', () => svgs.external), refusedImage('72-entity.svg', () => svgs.entity)],
  }),
  caseOf({
    ...{ number: 73, title: 'SVG: billion laughs', made: 'entities of entities', quick: true },
    trials: () => [refusedImage('73-laughs.svg', () => svgs.laughs)],
  }),
  caseOf({
    ...{ number: 74, title: 'SVG nested 100,000 deep, and of 100,000 x 100,000 px', made: 'texts', quick: true },
    trials: () => [refusedImage('74-deep.svg', svgs.nested), refusedImage('74-large.svg', () => svgs.large)],
  }),
  caseOf({
    ...{ number: 75, title: 'SVG filter bomb', made: 'forty blurs', quick: true },
    trials: () => [refusedImage('75-filters.svg', () => svgs.filters)],
  }),
  caseOf({
    ...{ number: 76, title: 'GIF and JavaScript at once, PDF, ZIP, ELF', made: 'their first bytes', quick: true },
    decision: 'No media; what was uploaded is served so that no browser runs it.',
    trials: () => [
      ...Object.entries(polyglots).map(([name, content]) => upload(`76-${name}.mp4`, bytes(content), notMedia)),
      servedSafely('76-page.html', Buffer.from('<script>alert(1)</script>')),
    ],
  }),
  caseOf({
    ...{ number: 77, title: 'WebP, TIFF, PSD, DICOM as watermarks', made: 'sharp, and first bytes', quick: true },
    trials: () => [
      refusedImage('77.webp', () => photo().webp().toBuffer()),
      refusedImage('77.tiff', () => photo().tiff().toBuffer()),
      refusedImage('77.psd', () => Buffer.concat([Buffer.from('8BPS\0\u0001'), Buffer.alloc(200)])),
      refusedImage('77.dcm', () => Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), Buffer.alloc(200)])),
    ],
  }),
]

const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const

/** A JPEG whose colour profile is noise. */
async function brokenProfile(): Promise<Buffer> {
  const jpeg = await photo().withIccProfile('p3').jpeg().toBuffer()
  const at = jpeg.indexOf('ICC_PROFILE', 0, 'latin1') + 14
  return Buffer.concat([jpeg.subarray(0, at), Buffer.alloc(64, 0xaa), jpeg.subarray(at + 64)])
}
