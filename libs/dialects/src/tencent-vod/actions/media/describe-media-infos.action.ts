import { parseMediaId } from '@libs/kernel'
import { DescribeMedia } from '@libs/workflow'
import { z } from 'zod'
import { encodeMediaInfo, mediaInfoFilters } from '../../codecs/media/media-info.codec'
import { actionParameters, defineAction } from '../../define-action'
import { listOf, oneOf, string, vendorRule } from '../../protocol/fields'

const mostFileIds = 20
/** Beyond this nobody looks which rule of the vendor's is broken. */
const mostListed = 1_000

/** Which parts of a media are told. */
export const filters = listOf(oneOf(mediaInfoFilters), 50).default([])

export const describeMediaInfos = defineAction({
  isRead: true,
  parameters: actionParameters({
    FileIds: z
      .array(string(64))
      .max(mostListed)
      .refine((ids) => ids.length > 0, vendorRule('At least one FileId is needed.', 'FileIdsEmpty'))
      .refine(
        (ids) => ids.length <= mostFileIds,
        vendorRule(`At most ${mostFileIds} are told of.`, 'FileIdsOverLimit'),
      ),
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
