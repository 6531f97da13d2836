import { AppError } from '@libs/kernel'
import type { WatermarkImage, WatermarkSettings } from '@libs/tasks'
import type { FileUrls, NewTemplate, Template } from '@libs/workflow'
import { vendorTime } from '../vendor-words'
import { decodeLength, encodeLength } from './mark-length'
import type { WatermarkParameters } from './watermark-parameters'

type Mark = WatermarkSettings['mark']
type ImageMark = Extract<Mark, { readonly type: 'image' }>

const origins = {
  TopLeft: 'topLeft',
  TopRight: 'topRight',
  BottomLeft: 'bottomLeft',
  BottomRight: 'bottomRight',
} as const
const vendorOrigins = {
  topLeft: 'TopLeft',
  topRight: 'TopRight',
  bottomLeft: 'BottomLeft',
  bottomRight: 'BottomRight',
} as const
const repeats = { once: 'once', repeat_last_frame: 'lastFrame', repeat: 'forever' } as const
const vendorRepeats = { once: 'once', lastFrame: 'repeat_last_frame', forever: 'repeat' } as const

/** Checked parameters → a watermark; its image where it has one. */
export function watermarkTemplate(
  parameters: WatermarkParameters,
  image: WatermarkImage | undefined,
): NewTemplate<'watermark'> {
  const { Name, Comment, CoordinateOrigin, XPos, YPos } = parameters
  const settings = {
    origin: origins[CoordinateOrigin],
    x: decodeLength(XPos),
    y: decodeLength(YPos),
    mark: decodeMark(parameters, image),
  }
  return { template: 'watermark', name: Name, comment: Comment, settings }
}

function decodeMark({ ImageTemplate, TextTemplate, SvgTemplate }: WatermarkParameters, image?: WatermarkImage): Mark {
  if (ImageTemplate !== undefined && image !== undefined) {
    return {
      type: 'image',
      image,
      width: decodeLength(ImageTemplate.Width),
      height: decodeLength(ImageTemplate.Height),
      transparencyPercent: ImageTemplate.Transparency,
      repeat: repeats[ImageTemplate.RepeatType],
    }
  }
  if (TextTemplate !== undefined) {
    const { FontType, FontSize, FontColor, FontAlpha } = TextTemplate
    return {
      type: 'text',
      font: FontType,
      fontSizePx: decodeLength(FontSize).value,
      colour: FontColor,
      opacity: FontAlpha,
    }
  }
  if (SvgTemplate !== undefined) return { type: 'svg', width: SvgTemplate.Width, height: SvgTemplate.Height }
  throw new AppError('internal', 'A watermark was checked, and has nothing to show.')
}

/** A watermark in the words in which it was asked, but for its image. */
export function encodeParameters({ name, comment, settings }: Template<'watermark'>) {
  const { origin, x, y, mark } = settings
  return {
    Type: mark.type,
    Name: name,
    Comment: comment,
    CoordinateOrigin: vendorOrigins[origin],
    XPos: encodeLength(x),
    YPos: encodeLength(y),
    ...encodeMark(mark),
  }
}

function encodeMark(mark: Mark) {
  switch (mark.type) {
    case 'image':
      return { ImageTemplate: encodeImage(mark) }
    case 'text':
      return {
        TextTemplate: {
          FontType: mark.font,
          FontSize: `${mark.fontSizePx}px`,
          FontColor: mark.colour,
          FontAlpha: mark.opacity,
        },
      }
    case 'svg':
      return { SvgTemplate: { Width: mark.width, Height: mark.height } }
  }
}

function encodeImage({ width, height, repeat, transparencyPercent }: ImageMark) {
  return {
    Width: encodeLength(width),
    Height: encodeLength(height),
    RepeatType: vendorRepeats[repeat],
    Transparency: transparencyPercent,
  }
}

/** WatermarkTemplate. */
export function encodeWatermark(template: Template<'watermark'>, urls: FileUrls): object {
  const { mark } = template.settings
  return {
    Definition: template.definition,
    ...encodeParameters(template),
    ...(mark.type === 'image' && { ImageTemplate: { ImageUrl: urls.urlOf(mark.image.key), ...encodeImage(mark) } }),
    CreateTime: vendorTime(template.createdAt),
    UpdateTime: vendorTime(template.updatedAt),
  }
}
