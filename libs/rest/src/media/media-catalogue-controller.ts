import type { SubAppId } from '@libs/kernel'
import { ChangeMedia, DeleteMedia, DescribeMedia, FileUrls, SearchMedia } from '@libs/workflow'
import { Body, Delete, Get, Param, Patch, Query } from '@nestjs/common'
import { Caller } from '../caller'
import { exampleIds } from '../openapi/example-ids'
import { Operation } from '../openapi/operation'
import type { View } from '../openapi/view'
import { RestController } from '../rest-controller'
import { ChangeMediaBody, ListMediaQuery, toMediaChange, toMediaQuery } from './media-bodies'
import { mediaIdOf } from './media-id'
import { mediaPage, mediaView } from './media-view'
import { presentMedia } from './present-media'

const { mediaId } = exampleIds
type MediaView = View<typeof mediaView>

/** The media that are there. */
@RestController('media', { acting: 'manage' })
export class MediaCatalogueController {
  constructor(
    private readonly describeMedia: DescribeMedia,
    private readonly searchMedia: SearchMedia,
    private readonly changeMedia: ChangeMedia,
    private readonly deleteMedia: DeleteMedia,
    private readonly urls: FileUrls,
  ) {}

  @Get()
  @Operation({
    summary: 'Find media by name, tag and time, the latest first unless asked otherwise',
    answers: mediaPage,
    example: { query: { tag: 'trailer', createdAfter: '2026-01-01T00:00:00Z', limit: 10 } },
  })
  async list(@Caller() subAppId: SubAppId, @Query() query: ListMediaQuery): Promise<View<typeof mediaPage>> {
    const { totalCount, items } = await this.searchMedia.execute(subAppId, toMediaQuery(query))
    return { totalCount, items: items.map((each) => presentMedia(each, this.urls)) }
  }

  @Get(':mediaId')
  @Operation({
    summary: 'Describe a media and the latest pictures of it',
    answers: mediaView,
    refuses: ['media.notFound'],
    example: { path: { mediaId } },
  })
  async describe(@Caller() subAppId: SubAppId, @Param('mediaId') text: string): Promise<MediaView> {
    return presentMedia(await this.describeMedia.one(subAppId, mediaIdOf(text)), this.urls)
  }

  @Patch(':mediaId')
  @Operation({
    summary: 'Change what is said of a media; what is given takes the place of what was there',
    answers: mediaView,
    refuses: ['media.notFound'],
    example: {
      path: { mediaId },
      body: { name: 'Trailer', tags: ['trailer', 'de'], marks: [{ atMs: 61_500, text: 'Title' }] },
    },
  })
  async change(
    @Caller() subAppId: SubAppId,
    @Param('mediaId') text: string,
    @Body() body: ChangeMediaBody,
  ): Promise<MediaView> {
    const id = mediaIdOf(text)
    await this.changeMedia.execute(subAppId, id, toMediaChange(body))
    return presentMedia(await this.describeMedia.one(subAppId, id), this.urls)
  }

  /** Its files go soon after, and are told of as deleted then. */
  @Delete(':mediaId')
  @Operation({
    summary: 'Delete a media with its pictures',
    refuses: ['media.notFound'],
    example: { path: { mediaId } },
  })
  async remove(@Caller() subAppId: SubAppId, @Param('mediaId') text: string): Promise<void> {
    await this.deleteMedia.execute(subAppId, mediaIdOf(text), { parts: undefined, dialect: 'rest' })
  }
}
