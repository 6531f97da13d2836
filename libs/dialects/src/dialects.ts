import type { Dialect } from './dialect'
import { aliyunIms } from './aliyun-ims/aliyun-ims.dialect'
import { aliyunVod } from './aliyun-vod/aliyun-vod.dialect'
import { clientUpload } from './tencent-vod/client-upload/client-upload.dialect'
import { tencentVod } from './tencent-vod/tencent-vod.dialect'

/** The only list of dialects; the first that recognises a request answers it. */
export const dialects = {
  'tencent-vod': tencentVod,
  'tencent-client-upload': clientUpload,
  'aliyun-ims': aliyunIms,
  'aliyun-vod': aliyunVod,
} as const satisfies Readonly<Record<string, Dialect>>

/** The dialect of requests and runs that name none: plain REST has no event shape of its own. */
export const defaultDialect: Dialect = tencentVod

export function dialectNamed(name: string): Dialect {
  return Object.values(dialects).find((dialect) => dialect.name === name) ?? defaultDialect
}
