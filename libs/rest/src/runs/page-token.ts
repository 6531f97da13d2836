import { AppError, parseRunId, type RunId } from '@libs/kernel'
import { z } from 'zod'

/** In ms. */
export const pagedTime = z
  .int()
  .transform((ms) => new Date(ms))
  .refine((at) => !Number.isNaN(at.getTime()))

export const pagedRunId = z.custom<RunId>((id) => typeof id === 'string' && parseRunId(id) !== undefined)

/** The place where a page of a list ended, as callers carry it to the next one. */
export function pageToken(place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** @param schema of the place @throws AppError `request.invalidValue` for a page that no answer told of */
export function placeIn<Place>(page: string, schema: z.ZodType<Place>): Place {
  try {
    return schema.parse(JSON.parse(Buffer.from(page, 'base64url').toString()))
  } catch {
    throw new AppError('request.invalidValue', 'This is no page of an earlier answer.', { field: 'page' })
  }
}
