import type { Dialect, DialectName } from './dialect'
import { clientUpload } from './tencent-vod/client-upload/client-upload.dialect'
import { tencentVod } from './tencent-vod/tencent-vod.dialect'

/** The only list of dialects. */
export const dialects: Readonly<Record<DialectName, Dialect>> = {
  'tencent-vod': tencentVod,
  'tencent-client-upload': clientUpload,
}

/** The dialect of requests and runs that name none: plain REST has no event shape of its own. */
export const defaultDialect: Dialect = tencentVod

export function dialectNamed(name: string): Dialect {
  return Object.values(dialects).find((dialect) => dialect.name === name) ?? defaultDialect
}
