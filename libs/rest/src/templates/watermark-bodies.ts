import { type MarkLength, markLength, markRepeat, watermarkOrigin } from '@libs/tasks'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { encodedBytes, named, paging } from '../fields'

const mostMarkPx = 4096

/** `"12px"` or `"5%"`. */
const length = z
  .string()
  .max(16)
  .transform((written, context): MarkLength => {
    const [, value, unit] = /^(\d{1,5}(?:\.\d{1,4})?)(px|%)$/.exec(written) ?? []
    const parsed = markLength.safeParse({ unit: unit === '%' ? 'percent' : unit, value: Number(value) })
    const most = unit === '%' ? 100 : mostMarkPx
    if (parsed.success && parsed.data.value <= most) return parsed.data
    context.addIssue({ code: 'custom', message: `"${written}" is not a length such as "12px" or "5%".` })
    return z.NEVER
  })
  .meta({ description: 'Such as "12px" or "5%".' })

const isSomething = ({ value }: MarkLength): boolean => value > 0

/** An image watermark; text and SVG are never drawn on stills, so there are none here. */
export class WatermarkBody extends createZodDto(
  z.strictObject({
    ...named,
    /** A JPEG, PNG or GIF in base64; where a watermark is replaced, it may keep the one that it has. */
    image: encodedBytes.min(1).optional(),
    origin: watermarkOrigin.default('topLeft'),
    x: length.prefault('0px'),
    y: length.prefault('0px'),
    width: length.refine(isSomething, 'A mark has a width.').prefault('10%'),
    /** 0 keeps the image's own shape. */
    height: length.prefault('0px'),
    transparencyPercent: z.int().min(0).max(100).default(0),
    repeat: markRepeat.default('forever'),
  }),
) {}

export class ListWatermarksQuery extends createZodDto(z.strictObject(paging)) {}
