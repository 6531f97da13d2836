import { extname } from 'node:path'

export const unknownContentType = 'application/octet-stream'

const contentTypes: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.vtt': 'text/vtt; charset=utf-8',
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.mkv': 'video/x-matroska',
}

/** What the file of a key is served as, by its extension; never anything that a browser would run. */
export function contentTypeOf(key: string): string {
  return contentTypes[extname(key)] ?? unknownContentType
}
