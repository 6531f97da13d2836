import { AppError } from '@libs/kernel'
import { ChangeMedia, type MediaChange } from '@libs/workflow'
import { z } from 'zod'
import { encodeMediaBasicInfo, never } from '../../codecs/media/media-basic-info.codec'
import { vendorDate } from '../../codecs/media/time-span.codec'
import { vendorTime } from '../../codecs/vendor-words'
import { actionParameters, defineAction } from '../../define-action'
import { float, integer, listOf, onlyZero, string, unsupported } from '../../protocol/fields'
import { decodeFileId } from '../tasks/file-id'

const mostAtOnce = 100
/** As much base64 as a request has room for. */
const longestCover = 10_000_000

const mark = z
  .strictObject({
    TimeOffset: float.refine((seconds) => seconds >= 0, 'A time is not negative.'),
    Content: string(128).refine((text) => text !== '', 'Something has to be noted.'),
  })
  .transform(({ TimeOffset, Content }) => ({ atMs: millisecondsOf(TimeOffset), text: Content }))

const clear = integer.refine((flag) => flag === 0 || flag === 1, '0 or 1 is expected.').default(0)
const tags = listOf(
  string(32).refine((tag) => tag !== '', 'A tag is not empty.'),
  mostAtOnce,
).default([])
const base64 = string(longestCover).refine((text) => /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text), 'Base64 is expected.')

const parameters = actionParameters({
  FileId: string(64),
  Name: string(64).optional(),
  Description: string(128).optional(),
  ClassId: onlyZero,
  ExpireTime: vendorDate.optional(),
  CoverData: base64.optional(),
  AddKeyFrameDescs: listOf(mark, mostAtOnce).default([]),
  DeleteKeyFrameDescs: listOf(float, mostAtOnce).default([]),
  ClearKeyFrameDescs: clear,
  AddTags: tags,
  DeleteTags: tags,
  ClearTags: clear,
  AddSubtitles: unsupported,
  DeleteSubtitleIds: unsupported,
  ClearSubtitles: unsupported,
  DeleteKnowledgeBases: unsupported,
  ClearKnowledgeBases: unsupported,
})

type Given = z.output<typeof parameters>

/** What is asked for twice, or asked for and against. @throws AppError `request.invalidValue` */
function refuseConflicts(given: Given): void {
  const refuse = (isSo: boolean, field: string): void => {
    if (isSo) throw new AppError('request.invalidValue', 'One call cannot do both.', { field })
  }
  const { AddTags, DeleteTags, ClearTags, AddKeyFrameDescs, DeleteKeyFrameDescs, ClearKeyFrameDescs } = given
  const removed = DeleteKeyFrameDescs.map(millisecondsOf)
  refuse(AddTags.length > 0 && ClearTags === 1, 'AddTagsAndClearTags')
  refuse(
    AddTags.some((tag) => DeleteTags.includes(tag)),
    'AddTagsAndDeleteTags',
  )
  refuse(AddKeyFrameDescs.length > 0 && ClearKeyFrameDescs === 1, 'AddKeyFrameDescsAndClearKeyFrameDescs')
  refuse(
    AddKeyFrameDescs.some(({ atMs }) => removed.includes(atMs)),
    'AddKeyFrameDescsAndDeleteKeyFrameDescs',
  )
}

function changeOf(given: Given): MediaChange {
  const { Name, Description, ExpireTime, CoverData } = given
  const isForever = ExpireTime !== undefined && vendorTime(ExpireTime) === never
  return {
    ...(Name !== undefined && { name: Name }),
    ...(Description !== undefined && { description: Description }),
    ...(ExpireTime !== undefined && { expiresAt: isForever ? undefined : ExpireTime }),
    ...(CoverData !== undefined && { cover: Buffer.from(CoverData, 'base64') }),
    tags: { clears: given.ClearTags === 1, removes: given.DeleteTags, adds: given.AddTags },
    marks: {
      clears: given.ClearKeyFrameDescs === 1,
      removes: given.DeleteKeyFrameDescs.map(millisecondsOf),
      adds: given.AddKeyFrameDescs,
    },
  }
}

function millisecondsOf(seconds: number): number {
  return Math.round(seconds * 1000)
}

export const modifyMediaInfo = defineAction({
  parameters,
  useCase: ChangeMedia,
  toCommand(given, { subAppId }) {
    refuseConflicts(given)
    return { subAppId, id: decodeFileId(given.FileId), change: changeOf(given) }
  },
  async execute(modify, { subAppId, id, change }) {
    return { media: await modify.execute(subAppId, id, change), hasNewCover: change.cover !== undefined }
  },
  toResponse({ media, hasNewCover }, { urls }) {
    const { CoverUrl } = encodeMediaBasicInfo(media, urls)
    return { CoverUrl: hasNewCover ? CoverUrl : '', AddedSubtitleSet: [] }
  },
  refusals: { 'media.notFound': 'ResourceNotFound.FileNotExist' },
})
