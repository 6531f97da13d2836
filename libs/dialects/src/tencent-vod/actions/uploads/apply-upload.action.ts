import { ApplyUpload, type AppliedUpload, type FileUrls } from '@libs/workflow'
import { coverTypes } from '../../codecs/media/media-types'
import { actionParameters, defineAction } from '../../define-action'
import { string } from '../../protocol/fields'
import { arrivalShape, expiryOf, mediaType, procedureOf } from './upload-parameters'

const coverType = string(16).transform((type, context): string => {
  const extension = coverTypes[type.toLowerCase()]
  if (extension !== undefined) return extension
  context.addIssue({ code: 'custom', message: 'Covers of this type are not taken.' })
  return ''
})

/** The bytes go to `UploadUrl` and `CoverUploadUrl`, our extensions, by PUT; parts of a large file to `UploadPartUrl`. */
export const applyUpload = defineAction({
  parameters: actionParameters({ MediaType: mediaType, CoverType: coverType.optional(), ...arrivalShape }),
  useCase: ApplyUpload,
  toCommand: (given, { subAppId }) => ({
    subAppId,
    name: given.MediaName ?? '',
    extension: given.MediaType,
    coverExtension: given.CoverType,
    sourceContext: given.SourceContext,
    expiresAt: expiryOf(given.ExpireTime),
    procedure: procedureOf(given),
    dialect: 'tencent-vod',
  }),
  execute: (apply, command) => apply.execute(command),
  toResponse: (applied, { urls }) => encodeUpload(applied, urls),
  fieldName: (field) => (field === 'procedure' || field.startsWith('tasks') ? 'Procedure' : undefined),
})

/** A storage that lends no credentials answers with some of the right form that open nothing. */
function encodeUpload({ upload, putUrl, coverPutUrl, credentials, place }: AppliedUpload, urls: FileUrls): object {
  const door = urls.uploadUrlOf(upload.token)
  const { coverKey, deadline } = upload
  return {
    StorageBucket: place.bucket,
    StorageRegion: place.region,
    VodSessionKey: upload.token,
    MediaStoragePath: `/${place.keyPrefix}${upload.media.sourceKey}`,
    CoverStoragePath: coverKey === undefined ? null : `/${place.keyPrefix}${coverKey}`,
    TempCertificate: {
      SecretId: credentials?.accessKeyId ?? '',
      SecretKey: credentials?.secretAccessKey ?? '',
      Token: credentials?.sessionToken ?? '',
      ExpiredTime: Math.floor((credentials?.expiresAt ?? deadline).getTime() / 1_000),
    },
    UploadUrl: putUrl ?? door,
    UploadPartUrl: `${door}?part=`,
    ...(coverKey !== undefined && { CoverUploadUrl: coverPutUrl ?? `${door}/cover` }),
  }
}
