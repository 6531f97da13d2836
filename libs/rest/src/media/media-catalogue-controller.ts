import type { SubAppId } from '@libs/kernel'
import { ChangeMedia, DeleteMedia, DescribeMedia, FileUrls, SearchMedia } from '@libs/workflow'
import { Body, Delete, Get, HttpCode, Param, Patch, Query } from '@nestjs/common'
import { Caller } from '../caller'
import { RestController } from '../rest-controller'
import { ChangeMediaBody, ListMediaQuery, toMediaChange, toMediaQuery } from './media-bodies'
import { mediaIdOf } from './media-id'
import { presentMedia } from './present-media'

/** The media that are there. */
@RestController('media')
export class MediaCatalogueController {
  constructor(
    private readonly describeMedia: DescribeMedia,
    private readonly searchMedia: SearchMedia,
    private readonly changeMedia: ChangeMedia,
    private readonly deleteMedia: DeleteMedia,
    private readonly urls: FileUrls,
  ) {}

  @Get()
  async list(@Caller() subAppId: SubAppId, @Query() query: ListMediaQuery): Promise<object> {
    const { totalCount, items } = await this.searchMedia.execute(subAppId, toMediaQuery(query))
    return { totalCount, items: items.map((each) => presentMedia(each, this.urls)) }
  }

  @Get(':mediaId')
  async describe(@Caller() subAppId: SubAppId, @Param('mediaId') text: string): Promise<object> {
    return presentMedia(await this.describeMedia.one(subAppId, mediaIdOf(text)), this.urls)
  }

  @Patch(':mediaId')
  async change(
    @Caller() subAppId: SubAppId,
    @Param('mediaId') text: string,
    @Body() body: ChangeMediaBody,
  ): Promise<object> {
    const id = mediaIdOf(text)
    await this.changeMedia.execute(subAppId, id, toMediaChange(body))
    return presentMedia(await this.describeMedia.one(subAppId, id), this.urls)
  }

  /** Its files go soon after, and are told of as deleted then. */
  @Delete(':mediaId')
  @HttpCode(204)
  async remove(@Caller() subAppId: SubAppId, @Param('mediaId') text: string): Promise<void> {
    await this.deleteMedia.execute(subAppId, mediaIdOf(text), { parts: undefined, dialect: 'rest' })
  }
}
