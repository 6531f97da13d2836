import { AppError } from '@libs/kernel'
import type { ExecutionContext } from './kind'
import type { MediaInfo } from './media-info'
import type { SourceFile } from './ports/source-file.port'

/**
 * Opens a task's media, which has to be as long as when it was brought in.
 * @throws AppError `media.notAccessible`, `storage.failed`
 */
export async function openSource(
  { sizeBytes }: MediaInfo,
  { subject, place, tools }: ExecutionContext,
  signal: AbortSignal,
): Promise<SourceFile> {
  const source = await tools.sources.open(subject.sourceKey, place.workspace, signal)
  if (sizeBytes <= 0 || source.sizeBytes === sizeBytes) return source
  throw new AppError('media.notAccessible', 'The media file is another one than was brought in.')
}
