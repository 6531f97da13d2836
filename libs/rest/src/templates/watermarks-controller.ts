import { AppError, type SubAppId } from '@libs/kernel'
import type { MarkLength, WatermarkImage } from '@libs/tasks'
import {
  ChangeWatermark,
  CreateWatermark,
  DescribeTemplates,
  FileUrls,
  type NewTemplate,
  type Page,
  type Template,
} from '@libs/workflow'
import { Body, Get, Param, Post, Put, Query } from '@nestjs/common'
import { Caller } from '../caller'
import { RestController } from '../rest-controller'
import { parseDefinition } from './parse-definition'
import { ListWatermarksQuery, WatermarkBody } from './watermark-bodies'

@RestController('templates/watermark')
export class WatermarksController {
  constructor(
    private readonly createWatermark: CreateWatermark,
    private readonly changeWatermark: ChangeWatermark,
    private readonly describeTemplates: DescribeTemplates,
    private readonly urls: FileUrls,
  ) {}

  @Post()
  async create(@Caller() subAppId: SubAppId, @Body() body: WatermarkBody): Promise<object> {
    const complete = (image: WatermarkImage | undefined) => toTemplate(body, image)
    const { definition, image } = await this.createWatermark.execute(subAppId, bytesOf(body), complete)
    return { definition, imageUrl: image && this.urls.urlOf(image.key) }
  }

  @Put(':definition')
  async replace(
    @Caller() subAppId: SubAppId,
    @Param('definition') text: string,
    @Body() body: WatermarkBody,
  ): Promise<object> {
    const definition = parseDefinition(text)
    const revise = ({ settings: { mark } }: Template<'watermark'>, image: WatermarkImage | undefined) =>
      toTemplate(body, image ?? (mark.type === 'image' ? mark.image : undefined))
    const image = await this.changeWatermark.execute(subAppId, definition, bytesOf(body), revise)
    return { definition, imageUrl: image && this.urls.urlOf(image.key) }
  }

  @Get()
  async list(@Caller() subAppId: SubAppId, @Query() { offset, limit }: ListWatermarksQuery): Promise<Page<object>> {
    const page = await this.describeTemplates.execute(subAppId, { offset, limit, template: 'watermark' })
    return { ...page, items: page.items.map((watermark) => present(watermark, this.urls)) }
  }
}

function bytesOf({ image }: WatermarkBody): Buffer | undefined {
  return image === undefined ? undefined : Buffer.from(image, 'base64')
}

/** @throws AppError `request.missingParameter` when there is no image */
function toTemplate(body: WatermarkBody, image: WatermarkImage | undefined): NewTemplate<'watermark'> {
  if (image === undefined) {
    throw new AppError('request.missingParameter', 'An image is needed.', { field: 'image' })
  }
  const { name, comment, origin, x, y, width, height, transparencyPercent, repeat } = body
  const mark = { type: 'image', image, width, height, transparencyPercent, repeat } as const
  return { template: 'watermark', name, comment, settings: { origin, x, y, mark } }
}

function present({ template: _, settings, ...facts }: Template<'watermark'>, urls: FileUrls): object {
  const { origin, x, y, mark } = settings
  const place = { ...facts, origin, x: written(x), y: written(y) }
  if (mark.type !== 'image') return { ...place, mark }
  const { image, width, height, ...rest } = mark
  return { ...place, ...rest, imageUrl: urls.urlOf(image.key), width: written(width), height: written(height) }
}

function written({ unit, value }: MarkLength): string {
  return `${value}${unit === 'px' ? 'px' : '%'}`
}
