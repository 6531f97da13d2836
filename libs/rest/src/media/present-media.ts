import type { FileUrls, Media } from '@libs/workflow'

/** A media as callers see it; what is not known yet is absent. */
export function presentMedia(media: Media, urls: FileUrls): object {
  const { id, name, extension, state, sourceKey, sourceUrl, info, fault, coverKey, createdAt } = media
  return {
    mediaId: id,
    name,
    extension,
    state,
    url: urls.urlOf(sourceKey),
    sourceUrl,
    coverUrl: coverKey && urls.urlOf(coverKey),
    info,
    fault,
    createdAt,
  }
}
