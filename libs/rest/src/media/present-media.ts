import type { DescribedMedia, FileUrls } from '@libs/workflow'
import { presentResult } from '../runs/present-run'

/** A media as callers see it, with the latest that was made of it; what is not known yet is absent. */
export function presentMedia({ media, latest }: DescribedMedia, urls: FileUrls): object {
  const { id, name, description, reference, extension, state, sourceUrl, sourceContext, info, fault, tags, marks } =
    media
  return {
    mediaId: id,
    ...{ name, description, reference, extension, state, sourceUrl, sourceContext, info, fault, tags, marks },
    url: urls.urlOf(media.sourceKey),
    coverUrl: media.coverKey && urls.urlOf(media.coverKey),
    createdAt: media.createdAt,
    updatedAt: media.updatedAt,
    expiresAt: media.expiresAt,
    results: latest.map((task) => ({
      kind: task.kind,
      definition: task.definition,
      runId: task.runId,
      finishedAt: task.finishedAt,
      output: presentResult(task, urls),
    })),
  }
}
