import { z } from 'zod'
import { float, integerIn, oneOf, string, unsupported } from '../../protocol/fields'
import { changesOf } from '../templates/template-parameters'
import { lengthIn } from './mark-length'

const distance = lengthIn({ leastPx: 0, mostPx: 16_383, mayBeZero: true })
/** Tencent Cloud VOD, "ImageWatermarkInput". */
const leastMarkPx = 8
const mostMarkPx = 4096

export const watermarkTypes = ['image', 'text', 'svg'] as const
export const watermarkType = oneOf(watermarkTypes)

/** The parameters of a watermark of any type. */
const placeShape = {
  Name: string(64).default(''),
  Comment: string(256).default(''),
  CoordinateOrigin: oneOf(['TopLeft', 'TopRight', 'BottomLeft', 'BottomRight']).default('TopLeft'),
  XPos: distance.default('0px'),
  YPos: distance.default('0px'),
}

const imageShape = {
  Width: lengthIn({ leastPx: leastMarkPx, mostPx: mostMarkPx, mayBeZero: false }).default('10%'),
  Height: lengthIn({ leastPx: leastMarkPx, mostPx: mostMarkPx, mayBeZero: true }).default('0px'),
  RepeatType: oneOf(['once', 'repeat_last_frame', 'repeat']).default('repeat'),
  Transparency: integerIn(0, 100).default(0),
}

function written(pattern: RegExp, message: string) {
  return string(16).refine((text) => pattern.test(text), message)
}

const textShape = {
  FontType: oneOf(['simkai.ttf', 'arial.ttf']),
  FontSize: written(/^[1-9]\d{0,3}px$/, 'A size is written such as 24px.'),
  FontColor: written(/^0x[0-9a-fA-F]{6}$/, 'A colour is written such as 0xFFFFFF.'),
  FontAlpha: float.refine((alpha) => alpha > 0 && alpha <= 1, 'The alpha is above 0 and at most 1.'),
}

/** Tencent Cloud VOD, "SvgWatermarkInput": px, or percent of one of the picture's sides. */
const svgLength = written(/^\d{1,5}(\.\d{1,4})?(px|W%|H%|S%|L%|%)$/, 'A length is written such as 10W% or 100px.')
const svgShape = { Width: svgLength.default('10W%'), Height: svgLength.default('0px') }

const mostBase64 = 10 * 1024 * 1024
const imageContent = string(mostBase64).refine(isBase64, 'The image is to be base64.')

function isBase64(text: string): boolean {
  return text !== '' && text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
}

const members = {
  TextTemplate: z.strictObject(textShape).optional(),
  SvgTemplate: z.strictObject(svgShape).optional(),
}

/** A watermark's parameters as far as they are kept: its image is somewhere else. */
export const wholeShape = {
  Type: watermarkType,
  ...placeShape,
  ImageTemplate: z.strictObject(imageShape).optional(),
  ...members,
}

export const createShape = {
  ...wholeShape,
  ImageTemplate: z.strictObject({ ImageContent: imageContent, ...imageShape }).optional(),
}

/** The same where each may be left out, and nothing takes its place. */
export const modifyShape = {
  ...changesOf(placeShape),
  ImageTemplate: z.strictObject({ ImageContent: imageContent.optional(), ...changesOf(imageShape) }).optional(),
  TextTemplate: z.strictObject(changesOf(textShape)).optional(),
  SvgTemplate: z.strictObject({ ...changesOf(svgShape), CycleConfig: unsupported }).optional(),
}

type Marks = Readonly<Partial<Record<'ImageTemplate' | 'TextTemplate' | 'SvgTemplate', unknown>>>

export const memberOfType = { image: 'ImageTemplate', text: 'TextTemplate', svg: 'SvgTemplate' } as const

/** What a watermark's parameters must be together: what is of its type is there, and of the others nothing. */
export function onlyOfItsType(
  parameters: Marks & { readonly Type: (typeof watermarkTypes)[number] },
  context: z.RefinementCtx,
): void {
  for (const type of watermarkTypes) {
    const member = memberOfType[type]
    const isGiven = parameters[member] !== undefined
    if (isGiven === (type === parameters.Type)) continue
    const message = isGiven ? `This is not for a watermark of type ${parameters.Type}.` : 'The parameter is required.'
    const params = isGiven ? {} : { code: 'request.missingParameter' }
    context.addIssue({ code: 'custom', path: [member], message, params })
  }
}

export const wholeParameters = z.strictObject(wholeShape).superRefine(onlyOfItsType)
export type WatermarkParameters = z.output<typeof wholeParameters>
