import type { SubAppId } from '@libs/kernel'
import { type AppliedUpload, ApplyUpload, CommitUpload, EnterSubApp, type FileUrls, sourceNameOf } from '@libs/workflow'
import { z } from 'zod'
import type { Action, ActionScope, ScopedAction } from '../../dialect'
import { coverTypes } from '../codecs/media/media-types'
import { mediaType } from '../actions/uploads/upload-parameters'
import { string } from '../protocol/fields'
import { checkParameters } from '../../parameters/check-parameters'
import { needing } from '../../needing'
import { appIdOf, subAppIdOf } from '../task-ids'
import { readClientUpload } from './client-signature'

const notifyModes: Readonly<Record<string, 'finish' | 'change' | 'none'>> = {
  Finish: 'finish',
  Change: 'change',
  None: 'none',
}

const longestSignature = 8_192

const applyParameters = z.looseObject({
  signature: string(longestSignature),
  videoName: string(255).default(''),
  videoType: mediaType,
  coverType: string(16).optional(),
})

const commitParameters = z.looseObject({ signature: string(longestSignature), vodSessionKey: string(128) })

/** The sub-application that the signature names, or the key's own. */
function enter(signature: string, { caller, find }: ActionScope): Promise<SubAppId> {
  const { appId } = readClientUpload(signature)
  return find(EnterSubApp).execute(caller.subAppId, appId === 0 ? undefined : subAppIdOf(appId))
}

/** What a backend signed, a client may carry out; the procedure and the contexts are the backend's. */
const applyUploadUgc: Action = {
  parameters: applyParameters,
  async perform(raw, scope) {
    const { signature, videoName, videoType, coverType } = checkParameters(applyParameters, raw)
    const { procedure, priority, notifyMode, sourceContext, sessionContext } = readClientUpload(signature)
    const order = { dialect: 'tencent-vod', priority, notifyMode: notifyModes[notifyMode], sessionContext }
    const applied = await scope.find(ApplyUpload).execute({
      subAppId: await enter(signature, scope),
      name: sourceNameOf(videoName).name,
      extension: videoType,
      coverExtension: coverTypes[coverType?.toLowerCase() ?? ''],
      sourceContext,
      expiresAt: undefined,
      procedure: procedure === '' ? undefined : { name: procedure, ...order },
      dialect: 'tencent-vod',
    })
    return encodeApplied(applied, scope.urls)
  },
}

const commitUploadUgc: Action = {
  parameters: commitParameters,
  async perform(raw, scope) {
    const { signature, vodSessionKey } = checkParameters(commitParameters, raw)
    const subAppId = await enter(signature, scope)
    const { mediaId, sourceKey, coverKey } = await scope.find(CommitUpload).execute(subAppId, vodSessionKey)
    const cover = coverKey === undefined ? {} : { cover: { url: scope.urls.urlOf(coverKey) } }
    return { fileId: mediaId, video: { url: scope.urls.urlOf(sourceKey) }, ...cover }
  },
}

export const ugcActions: Readonly<Record<string, ScopedAction>> = {
  ApplyUploadUGC: needing('upload', applyUploadUgc),
  CommitUploadUGC: needing('upload', commitUploadUgc),
}

/** As the vendor's web SDK reads it; `uploadUrl` and its like are ours. */
function encodeApplied({ upload, putUrl, coverPutUrl, credentials, place }: AppliedUpload, urls: FileUrls): object {
  const door = urls.uploadUrlOf(upload.token)
  const { coverKey, media, deadline, createdAt } = upload
  return {
    video: {
      storagePath: `/${place.keyPrefix}${media.sourceKey}`,
      uploadUrl: putUrl ?? door,
      uploadPartUrl: `${door}?part=`,
    },
    ...(coverKey !== undefined && {
      cover: { storagePath: `/${place.keyPrefix}${coverKey}`, uploadUrl: coverPutUrl ?? `${door}/cover` },
    }),
    storageBucket: place.bucket,
    storageRegionV5: place.region,
    vodSessionKey: upload.token,
    appId: appIdOf(upload.subAppId),
    timestamp: Math.floor(createdAt.getTime() / 1_000),
    tempCertificate: {
      secretId: credentials?.accessKeyId ?? '',
      secretKey: credentials?.secretAccessKey ?? '',
      token: credentials?.sessionToken ?? '',
      expiredTime: Math.floor((credentials?.expiresAt ?? deadline).getTime() / 1_000),
    },
  }
}
