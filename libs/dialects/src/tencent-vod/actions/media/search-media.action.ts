import { AppError, parseMediaId } from '@libs/kernel'
import { mostCounted, type MediaQuery, SearchMedia } from '@libs/workflow'
import { z } from 'zod'
import { encodeMediaInfo } from '../../codecs/media/media-info.codec'
import { timeRange, vendorDate } from '../../codecs/media/time-span.codec'
import { actionParameters, defineAction } from '../../define-action'
import { integer, integerIn, listOf, oneOf, paging, string, unsupported } from '../../protocol/fields'
import { filters } from './describe-media-infos.action'

const texts = listOf(string(100), 10).optional()
const sort = z.strictObject({ Field: oneOf(['CreateTime']), Order: oneOf(['Asc', 'Desc']).default('Desc') })

const parameters = actionParameters({
  FileIds: listOf(string(40), 10).optional(),
  Names: texts,
  NamePrefixes: texts,
  Descriptions: texts,
  ClassIds: listOf(integer, 10).optional(),
  Tags: listOf(string(32), 16).optional(),
  Categories: listOf(oneOf(['Video', 'Audio', 'Image']), 10).optional(),
  SourceTypes: listOf(string(64), 10).optional(),
  CreateTime: timeRange.optional(),
  ExpireTime: timeRange.optional(),
  MediaTypes: listOf(string(16), 100).optional(),
  Status: listOf(oneOf(['Normal', 'SystemForbidden', 'UserForbidden']), 10).optional(),
  Filters: filters,
  Sort: sort.optional(),
  Offset: paging.Offset,
  Limit: integerIn(1, mostCounted).default(10),
  Text: string(64).optional(),
  SourceType: string(64).optional(),
  StartTime: vendorDate.optional(),
  EndTime: vendorDate.optional(),
  ...Object.fromEntries(
    [
      ...['StreamIds', 'StorageRegions', 'StorageClasses', 'ReviewResults', 'TrtcSdkAppIds', 'TrtcRoomIds', 'StreamId'],
      ...['Vids', 'Vid', 'StreamDomains', 'StreamPaths', 'KnowledgeBases'],
    ].map((name) => [name, unsupported]),
  ),
})

type Given = z.output<typeof parameters>

const categories = { Video: ['video'], Audio: ['audio'], Image: [] } as const

/** Whether what every media has in common is among what is asked for. */
function includesOurs<Item>(asked: readonly Item[] | undefined, ours: Item): boolean {
  return asked === undefined || asked.length === 0 || asked.includes(ours)
}

function listed<Item>(items: readonly Item[] | undefined): readonly Item[] | undefined {
  return items?.length === 0 ? undefined : items
}

function queryOf(given: Given): MediaQuery {
  const { FileIds, Text, Categories, CreateTime, StartTime, EndTime } = given
  const isAny =
    includesOurs(given.ClassIds, 0) &&
    includesOurs(given.SourceTypes, 'Upload') &&
    includesOurs(given.SourceType === undefined ? undefined : [given.SourceType], 'Upload') &&
    includesOurs(given.Status, 'Normal')
  const ids = listed(FileIds)
    ?.map(parseMediaId)
    .filter((id) => id !== undefined)
  return {
    ids: isAny ? ids : [],
    names: listed(given.Names) ?? (Text === undefined ? undefined : [Text]),
    namePrefixes: listed(given.NamePrefixes),
    descriptions: listed(given.Descriptions),
    tags: listed(given.Tags),
    extensions: listed(given.MediaTypes)?.map((type) => type.toLowerCase()),
    categories: listed(Categories)?.flatMap((category) => categories[category]),
    createdAt: CreateTime ?? { after: StartTime, before: EndTime },
    expiresAt: given.ExpireTime,
    order: given.Sort?.Order === 'Asc' ? 'ascending' : 'descending',
    offset: given.Offset,
    limit: given.Limit,
  }
}

/** Texts are found inside names and descriptions; the newest media come first. */
export const searchMedia = defineAction({
  isRead: true,
  parameters,
  useCase: SearchMedia,
  toCommand(given, { subAppId }) {
    if (given.Offset + given.Limit > mostCounted) {
      throw new AppError('request.invalidValue', `Offset and Limit reach beyond ${mostCounted}.`, { field: 'Limit' })
    }
    return { subAppId, query: queryOf(given), filters: given.Filters }
  },
  async execute(search, { subAppId, query, filters: asked }) {
    return { ...(await search.execute(subAppId, query)), asked }
  },
  toResponse: ({ totalCount, items, asked }, { urls }) => ({
    TotalCount: totalCount,
    MediaInfoSet: items.map((each) => encodeMediaInfo(each, asked, urls)),
  }),
})
