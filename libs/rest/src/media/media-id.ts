import { AppError, type MediaId, parseMediaId } from '@libs/kernel'

/** @throws AppError `media.notFound` for a text that cannot be a media's id */
export function mediaIdOf(text: string): MediaId {
  const id = parseMediaId(text)
  if (id !== undefined) return id
  throw new AppError('media.notFound', `There is no media "${text}".`, { field: 'mediaId' })
}
