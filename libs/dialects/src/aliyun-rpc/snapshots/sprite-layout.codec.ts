import type { TemplateSettings } from '@libs/tasks'
import type { z } from 'zod'
import { colour, colourName } from '../colour'
import { integerIn } from '../../parameters/fields'

/** ApsaraVideo VOD, "SnapshotTemplateConfig": a side of a picture. */
export const side = integerIn(8, 4096)

const mostCells = 10_000
const widestGapPx = 1000

/** SpriteSnapshotConfig: how cells lie on sheets. */
export const spriteShape = {
  CellWidth: side.optional(),
  CellHeight: side.optional(),
  Columns: integerIn(1, mostCells).default(10),
  Lines: integerIn(1, mostCells).default(10),
  Padding: integerIn(0, widestGapPx).default(0),
  Margin: integerIn(0, widestGapPx).default(0),
  Color: colour.default('#000000'),
}

type SpriteLayout = z.output<z.ZodObject<typeof spriteShape>>

type Sheet = Pick<
  TemplateSettings['imageSprite'],
  'widthPx' | 'heightPx' | 'rows' | 'columns' | 'paddingPx' | 'marginPx' | 'background'
>

/** @param picture the size of a snapshot, which a cell has that says nothing of its own */
export function decodeLayout(
  config: SpriteLayout,
  picture: { readonly Width?: number | undefined; readonly Height?: number | undefined },
): Sheet {
  const hasOwnSize = config.CellWidth !== undefined || config.CellHeight !== undefined
  return {
    widthPx: (hasOwnSize ? config.CellWidth : picture.Width) ?? 0,
    heightPx: (hasOwnSize ? config.CellHeight : picture.Height) ?? 0,
    rows: config.Lines,
    columns: config.Columns,
    paddingPx: config.Padding,
    marginPx: config.Margin,
    background: config.Color,
  }
}

export function encodeLayout(sheet: Sheet) {
  return {
    ...(sheet.widthPx > 0 && { CellWidth: sheet.widthPx }),
    ...(sheet.heightPx > 0 && { CellHeight: sheet.heightPx }),
    Columns: sheet.columns,
    Lines: sheet.rows,
    Padding: sheet.paddingPx ?? 0,
    Margin: sheet.marginPx ?? 0,
    Color: colourName(sheet.background ?? '#000000'),
  }
}
