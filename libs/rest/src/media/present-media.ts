import type { PictureKindName } from '@libs/tasks'
import type { DescribedMedia, FileUrls, SucceededTask } from '@libs/workflow'
import type { View } from '../openapi/view'
import { presentResult } from '../runs/present-run'
import type { resultView } from '../runs/views/task-view'
import type { mediaView } from './media-view'

/** A media as callers see it, with the latest that was made of it; what is not known yet is absent. */
export function presentMedia({ media, latest }: DescribedMedia, urls: FileUrls): View<typeof mediaView> {
  const { id, name, description, reference, extension, state, sourceUrl, sourceContext, info, fault, tags, marks } =
    media
  return {
    mediaId: id,
    ...{ name, description, reference, extension, state, sourceUrl, sourceContext, info, fault, tags, marks },
    url: urls.urlOf(media.sourceKey),
    coverUrl: media.coverKey === undefined ? undefined : urls.urlOf(media.coverKey),
    createdAt: media.createdAt,
    updatedAt: media.updatedAt,
    expiresAt: media.expiresAt,
    results: latest.map((task) => presentLatest(task, urls)),
  }
}

function presentLatest(task: SucceededTask<PictureKindName>, urls: FileUrls): View<typeof resultView> {
  const { kind, definition, runId, finishedAt } = task
  // The compiler cannot see that kind and output belong together.
  return { kind, definition, runId, finishedAt, output: presentResult(task, urls) } as View<typeof resultView>
}
