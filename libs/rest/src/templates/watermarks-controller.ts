import { AppError, type SubAppId } from '@libs/kernel'
import type { MarkLength, WatermarkImage } from '@libs/tasks'
import {
  ChangeWatermark,
  CreateWatermark,
  DeleteTemplate,
  DescribeTemplates,
  FileUrls,
  type IdempotencyKey,
  type NewTemplate,
  type Template,
} from '@libs/workflow'
import { Body, Delete, Get, Param, Post, Put, Query, Res } from '@nestjs/common'
import type { ServerResponse } from 'node:http'
import { Caller } from '../caller'
import { exampleIds } from '../openapi/example-ids'
import { Operation } from '../openapi/operation'
import type { View } from '../openapi/view'
import { entityTagOf } from '../preconditions/entity-tag'
import { IfMatch, type Precondition } from '../preconditions/if-match'
import { Once } from '../preconditions/once'
import { RestController } from '../rest-controller'
import { parseDefinition } from './parse-definition'
import { keptWatermarkView, watermarkPage, watermarkView } from './template-view'
import { ListWatermarksQuery, WatermarkBody } from './watermark-bodies'

/** A GIF of one pixel. */
const image = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

@RestController('templates/watermark', { acting: 'manage' })
export class WatermarksController {
  constructor(
    private readonly createWatermark: CreateWatermark,
    private readonly changeWatermark: ChangeWatermark,
    private readonly deleteTemplate: DeleteTemplate,
    private readonly describeTemplates: DescribeTemplates,
    private readonly urls: FileUrls,
  ) {}

  @Post()
  @Operation({
    summary: 'Make a watermark of an image',
    status: 201,
    answers: keptWatermarkView,
    once: true,
    refuses: ['template.limitReached'],
    example: { body: { name: 'logo', image, origin: 'bottomRight', x: '2%', y: '2%', width: '10%' } },
  })
  async create(
    @Caller() subAppId: SubAppId,
    @Body() body: WatermarkBody,
    @Once() key: IdempotencyKey | undefined,
  ): Promise<View<typeof keptWatermarkView>> {
    const complete = (image: WatermarkImage | undefined) => toTemplate(body, image)
    const { definition, image } = await this.createWatermark.execute(subAppId, bytesOf(body), complete, key)
    return { definition, imageUrl: image && this.urls.urlOf(image.key) }
  }

  @Put(':definition')
  @Operation({
    summary: 'Replace a watermark; without an image it keeps the one that it has',
    answers: keptWatermarkView,
    tagged: true,
    refuses: ['template.notFound', 'request.outdated'],
    example: {
      path: { definition: exampleIds.watermark },
      body: { name: 'logo', origin: 'topLeft', width: '64px', transparencyPercent: 40 },
    },
  })
  async replace(
    @Caller() subAppId: SubAppId,
    @Param('definition') text: string,
    @Body() body: WatermarkBody,
    @IfMatch() check: Precondition,
  ): Promise<View<typeof keptWatermarkView>> {
    const definition = parseDefinition(text)
    const revise = (current: Template<'watermark'>, image: WatermarkImage | undefined) => {
      check(present(current, this.urls))
      const { mark } = current.settings
      return toTemplate(body, image ?? (mark.type === 'image' ? mark.image : undefined))
    }
    const image = await this.changeWatermark.execute(subAppId, definition, bytesOf(body), revise)
    return { definition, imageUrl: image && this.urls.urlOf(image.key) }
  }

  @Delete(':definition')
  @Operation({
    summary: 'Delete a watermark',
    tagged: true,
    refuses: ['template.notFound', 'request.outdated'],
    example: { path: { definition: exampleIds.watermark } },
  })
  async remove(
    @Caller() subAppId: SubAppId,
    @Param('definition') text: string,
    @IfMatch() check: Precondition,
  ): Promise<void> {
    const id = { template: 'watermark', definition: parseDefinition(text) } as const
    await this.deleteTemplate.execute(subAppId, id, (current) => check(present(current, this.urls)))
  }

  @Get(':definition')
  @Operation({
    summary: 'Describe a watermark',
    answers: watermarkView,
    tagged: true,
    refuses: ['template.notFound'],
    example: { path: { definition: exampleIds.watermark } },
  })
  async describe(
    @Caller() subAppId: SubAppId,
    @Param('definition') text: string,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<View<typeof watermarkView>> {
    const id = { template: 'watermark', definition: parseDefinition(text) } as const
    const shown = present(await this.describeTemplates.one(subAppId, id), this.urls)
    response.setHeader('ETag', entityTagOf(shown))
    return shown
  }

  @Get()
  @Operation({ summary: 'List watermarks', answers: watermarkPage, example: { query: { limit: 10 } } })
  async list(
    @Caller() subAppId: SubAppId,
    @Query() { offset, limit }: ListWatermarksQuery,
  ): Promise<View<typeof watermarkPage>> {
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

function present(
  { template: _template, written: _written, settings, ...facts }: Template<'watermark'>,
  urls: FileUrls,
): View<typeof watermarkView> {
  const { origin, x, y, mark } = settings
  const place = { ...facts, origin, x: textOf(x), y: textOf(y) }
  if (mark.type !== 'image') return { ...place, mark }
  const { width, height, transparencyPercent, repeat } = mark
  const imageUrl = urls.urlOf(mark.image.key)
  return { ...place, imageUrl, width: textOf(width), height: textOf(height), transparencyPercent, repeat }
}

function textOf({ unit, value }: MarkLength): string {
  return `${value}${unit === 'px' ? 'px' : '%'}`
}
