const longestName = 255
const longestExtension = 16

/** How a media is called: the name of its file without the extension, and the extension in lower case, no dot. */
export interface SourceName {
  readonly name: string
  readonly extension: string
}

/** @param fileName the last segment of a path; any characters */
export function sourceNameOf(fileName: string): SourceName {
  const [, stem, extension] = /^(.+)\.([0-9A-Za-z]+)$/s.exec(fileName) ?? [undefined, fileName, '']
  const isExtension = extension !== undefined && extension.length <= longestExtension
  const name = isExtension ? stem : fileName
  return {
    name: Array.from(name ?? '')
      .slice(0, longestName)
      .join(''),
    extension: isExtension ? extension.toLowerCase() : '',
  }
}

/** An absolute http or https URL without credentials, or undefined: whether it may be reached is decided when it is. */
export function parseHttpUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:'
  return isHttp && url.username === '' && url.password === '' ? url : undefined
}

/** The name of what a URL points to, from the last segment of its path. */
export function sourceNameOfUrl({ pathname }: URL): SourceName {
  const segment = pathname.slice(pathname.lastIndexOf('/') + 1)
  try {
    return sourceNameOf(printable(decodeURIComponent(segment)))
  } catch {
    return sourceNameOf(segment)
  }
}

/** Whether a text is the same after it was stored: no NUL and no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text)
}

function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '')
}
