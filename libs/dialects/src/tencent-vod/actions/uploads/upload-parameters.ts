import type { UploadProcedure } from '@libs/workflow'
import { vendorTime } from '../../codecs/vendor-words'
import { never } from '../../codecs/media/media-basic-info.codec'
import { mediaTypes } from '../../codecs/media/media-types'
import { vendorDate } from '../../codecs/media/time-span.codec'
import { ignored, onlyZero, string, unsupported } from '../../protocol/fields'

/** An extension of a media, in lower case. */
export const mediaType = string(16)
  .transform((type) => type.toLowerCase())
  .refine((type) => mediaTypes.includes(type), 'Media of this type are not taken.')

/** What is said of a media that comes, whichever way. */
export const arrivalShape = {
  MediaName: string(64).optional(),
  Procedure: string(64).optional(),
  ExpireTime: vendorDate.optional(),
  StorageRegion: ignored,
  ClassId: onlyZero,
  SourceContext: string(250).default(''),
  SessionContext: string(1000).default(''),
  MediaStoragePath: unsupported,
  ExtInfo: ignored,
}

/** When it expires; undefined for the time that means never. */
export function expiryOf(time: Date | undefined): Date | undefined {
  return time === undefined || vendorTime(time) === never ? undefined : time
}

/** The run that an arrival asks for, if any. */
export function procedureOf(
  { Procedure, SessionContext }: { readonly Procedure?: string | undefined; readonly SessionContext: string },
  priority = 0,
): UploadProcedure | undefined {
  if (Procedure === undefined || Procedure === '') return undefined
  return { name: Procedure, dialect: 'tencent-vod', priority, notifyMode: undefined, sessionContext: SessionContext }
}
