import { CommitUpload } from '@libs/workflow'
import { actionParameters, defineAction } from '../../define-action'
import { string } from '../../protocol/fields'

/** Again with the same key it answers the same. */
export const commitUpload = defineAction({
  parameters: actionParameters({ VodSessionKey: string(128) }),
  useCase: CommitUpload,
  toCommand: ({ VodSessionKey }, { subAppId }) => ({ subAppId, token: VodSessionKey }),
  execute: (commit, { subAppId, token }) => commit.execute(subAppId, token),
  toResponse: ({ mediaId, sourceKey, coverKey }, { urls }) => ({
    FileId: mediaId,
    MediaUrl: urls.urlOf(sourceKey),
    CoverUrl: coverKey === undefined ? '' : urls.urlOf(coverKey),
  }),
})
