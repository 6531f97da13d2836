import { AppError } from '@libs/kernel'
import { ImageNormalizer, type NormalizedImage } from '@libs/tasks'
import { loadSharp } from './load-sharp'

/** A mark is at most 4096 px wide and high (Tencent Cloud VOD, "ImageWatermarkInput"). */
const maxPixels = 4096 * 4096
const maxSeconds = 10
/** As base64, a tenth more than any call may bring. */
const maxBytes = 8 * 1024 * 1024
/** Small images take some milliseconds each, so this many wait when somebody tries. */
const mostWaiting = 64

/** The first bytes of JPEG, PNG and GIF: of all that libvips reads, only these decoders meet a stranger's bytes. */
const signatures = [
  Buffer.from([0xff, 0xd8, 0xff]),
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from('GIF8'),
]

/** One image at a time: a large one takes a core and some hundred megabytes of the process that answers all calls. */
export class SharpImageNormalizer extends ImageNormalizer {
  private last: Promise<unknown> = Promise.resolve()
  private waiting = 0

  override async normalize(bytes: Buffer): Promise<NormalizedImage> {
    if (bytes.length > maxBytes) throw refusal(`The image has more than ${maxBytes} bytes.`)
    const isKnown = signatures.some((signature) => signature.equals(bytes.subarray(0, signature.length)))
    if (!isKnown) throw refusal('The image is no JPEG, PNG or GIF.')
    if (this.waiting >= mostWaiting) throw new AppError('request.overload', 'Too many images come at once.')
    this.waiting += 1
    const decoded = this.last.then(() => decode(bytes)).finally(() => (this.waiting -= 1))
    this.last = decoded.catch(() => undefined)
    return decoded
  }
}

async function decode(bytes: Buffer): Promise<NormalizedImage> {
  const sharp = await loadSharp()
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
      .timeout({ seconds: maxSeconds })
      .rotate()
      .toColourspace('srgb')
      .ensureAlpha()
      .png()
      .toBuffer({ resolveWithObject: true })
    return { png: data, widthPx: info.width, heightPx: info.height }
  } catch (cause) {
    throw refusal('The image is damaged, or has more than 4096 x 4096 px.', cause)
  }
}

function refusal(detail: string, cause?: unknown): AppError {
  return new AppError('request.invalidValue', detail, { field: 'image', cause })
}
