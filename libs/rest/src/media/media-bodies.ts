import type { MediaChange, MediaQuery } from '@libs/workflow'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { encodedBytes, integerIn, text, time } from '../fields'

const mostTags = 16
const tag = text(32).min(1)
const mark = z.strictObject({ atMs: z.number().min(0), text: text(128).min(1) })

/** What is given takes the place of what is there. */
export class ChangeMediaBody extends createZodDto(
  z
    .strictObject({
      name: text(255),
      description: text(1000),
      reference: text(64).regex(/^[\w-]{6,64}$/),
      expiresAt: time.nullable(),
      tags: z.array(tag).max(mostTags),
      marks: z.array(mark).max(100),
      cover: encodedBytes,
    })
    .partial(),
) {}

const whole = { clears: true, removes: [] } as const

export function toMediaChange({
  name,
  description,
  reference,
  expiresAt,
  tags,
  marks,
  cover,
}: ChangeMediaBody): MediaChange {
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(reference !== undefined && { reference }),
    ...(expiresAt !== undefined && { expiresAt: expiresAt ?? undefined }),
    ...(tags !== undefined && { tags: { ...whole, adds: tags } }),
    ...(marks !== undefined && { marks: { ...whole, adds: marks } }),
    ...(cover !== undefined && { cover: Buffer.from(cover, 'base64') }),
  }
}

export class ListMediaQuery extends createZodDto(
  z.strictObject({
    name: text(255).optional(),
    tag: tag.optional(),
    createdAfter: time.optional(),
    createdBefore: time.optional(),
    order: z.enum(['ascending', 'descending']).default('descending'),
    offset: integerIn(0, 4_900).prefault(0),
    limit: integerIn(1, 100).prefault(20),
  }),
) {}

export function toMediaQuery({ name, tag: wanted, createdAfter, createdBefore, ...page }: ListMediaQuery): MediaQuery {
  return {
    ...page,
    names: name === undefined ? undefined : [name],
    tags: wanted === undefined ? undefined : [wanted],
    createdAt: { after: createdAfter, before: createdBefore },
  }
}
