import { parseMediaId } from '@libs/kernel'
import { DescribeMedia } from '@libs/workflow'
import { encodeMediaInfo, mediaInfoFilters } from '../../codecs/media/media-info.codec'
import { actionParameters, defineAction } from '../../define-action'
import { listOf, oneOf, string } from '../../protocol/fields'

const mostFileIds = 20

/** Which parts of a media are told. */
export const filters = listOf(oneOf(mediaInfoFilters), 50).default([])

export const describeMediaInfos = defineAction({
  parameters: actionParameters({
    FileIds: listOf(string(64), mostFileIds).refine((ids) => ids.length > 0, 'At least one FileId is needed.'),
    Filters: filters,
  }),
  useCase: DescribeMedia,
  toCommand: ({ FileIds, Filters }, { subAppId }) => ({ subAppId, fileIds: FileIds, filters: Filters }),
  async execute(describe, { subAppId, fileIds, filters: asked }) {
    const ids = fileIds.map(parseMediaId).filter((id) => id !== undefined)
    const described = await describe.execute(subAppId, ids)
    const found: readonly string[] = described.map(({ media }) => media.id)
    return { described, missing: [...new Set(fileIds.filter((id) => !found.includes(id)))], asked }
  },
  toResponse: ({ described, missing, asked }, { urls }) => ({
    MediaInfoSet: described.map((each) => encodeMediaInfo(each, asked, urls)),
    NotExistFileIdSet: missing,
  }),
})
