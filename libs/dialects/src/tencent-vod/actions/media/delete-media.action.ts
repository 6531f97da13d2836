import { DeleteMedia, type MediaPart } from '@libs/workflow'
import { z } from 'zod'
import { partTypes } from '../../codecs/media/media-parts.codec'
import { actionParameters, defineAction } from '../../define-action'
import { integerIn, listOf, oneOf, string } from '../../protocol/fields'
import { decodeFileId } from '../tasks/file-id'

const mostParts = 100

/** There are no files of the other types here. */
const types = ['OriginalFiles', 'TranscodeFiles', 'AdaptiveDynamicStreamingFiles', 'WechatPublishFiles'] as const

const part = z.strictObject({
  Type: oneOf([...types, 'WechatMiniProgramPublishFiles']),
  Definition: integerIn(0, 2 ** 31 - 1).optional(),
})

function partsOf(asked: readonly { readonly Type: string }[]): readonly MediaPart[] | undefined {
  if (asked.length === 0) return undefined
  const parts = Object.keys(partTypes) as MediaPart[]
  return parts.filter((name) => asked.some(({ Type }) => Type === partTypes[name]))
}

export const deleteMedia = defineAction({
  parameters: actionParameters({ FileId: string(64), DeleteParts: listOf(part, mostParts).default([]) }),
  useCase: DeleteMedia,
  toCommand: ({ FileId, DeleteParts }, { subAppId }) => ({
    subAppId,
    id: decodeFileId(FileId),
    what: { parts: partsOf(DeleteParts), dialect: 'tencent-vod' },
  }),
  execute: (remove, { subAppId, id, what }) => remove.execute(subAppId, id, what),
  toResponse: () => ({}),
  refusals: { 'media.notFound': 'ResourceNotFound' },
})
