import type { TemplateSettings } from '@libs/tasks'
import { z } from 'zod'
import { decodeLayout, encodeLayout, spriteShape } from '../../aliyun-rpc/snapshots/sprite-layout.codec'
import { oneOf } from '../../parameters/fields'

/** SpriteSnapshotConfig, with whether cells are kept as files. */
export const spriteConfig = z.strictObject({
  ...spriteShape,
  KeepCellPic: oneOf(['keep', 'delete']).default('keep'),
})

/** @param picture the size of a snapshot, which a cell has that says nothing of its own */
export function decodeSprite(config: z.output<typeof spriteConfig>, picture: Parameters<typeof decodeLayout>[1]) {
  const delivery = config.KeepCellPic === 'keep' ? 'both' : 'sheets'
  return { ...decodeLayout(config, picture), delivery } as const
}

export function encodeSprite(settings: TemplateSettings['imageSprite']) {
  return { ...encodeLayout(settings), KeepCellPic: settings.delivery === 'both' ? 'keep' : 'delete' }
}
