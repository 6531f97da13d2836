import type { SubAppId } from '@libs/kernel'
import type { PictureTemplateName } from '@libs/tasks'
import { DescribeTemplates, type Page } from '@libs/workflow'
import { Get, Param, Query, Res } from '@nestjs/common'
import type { ServerResponse } from 'node:http'
import { Caller } from '../caller'
import { exampleIds } from '../openapi/example-ids'
import { Operation } from '../openapi/operation'
import type { View } from '../openapi/view'
import { entityTagOf } from '../preconditions/entity-tag'
import { RestController } from '../rest-controller'
import { parseDefinition } from './parse-definition'
import { presentTemplate, type ShownTemplate } from './present-template'
import { ListTemplatesQuery } from './template-bodies'
import { samplePage, sampleView, snapshotPage, snapshotView, spritePage, spriteView } from './template-view'

/** What templates for pictures there are. */
@RestController('templates', { acting: 'manage' })
export class TemplatesCatalogueController {
  constructor(private readonly describeTemplates: DescribeTemplates) {}

  @Get('snapshot-by-time-offset/:definition')
  @Operation({
    summary: 'Describe a template for pictures at given times',
    answers: snapshotView,
    tagged: true,
    refuses: ['template.notFound'],
    example: { path: { definition: exampleIds.snapshots } },
  })
  describeSnapshot(
    @Caller() subAppId: SubAppId,
    @Param('definition') definition: string,
    @Res({ passthrough: true }) response: ServerResponse,
  ) {
    return this.describe(subAppId, 'snapshotByTimeOffset', definition, response)
  }

  @Get('snapshot-by-time-offset')
  @Operation({
    summary: 'List templates for pictures at given times',
    answers: snapshotPage,
    example: { query: { type: 'preset' } },
  })
  listSnapshots(@Caller() subAppId: SubAppId, @Query() query: ListTemplatesQuery): Promise<View<typeof snapshotPage>> {
    return this.list(subAppId, 'snapshotByTimeOffset', query)
  }

  @Get('sample-snapshot/:definition')
  @Operation({
    summary: 'Describe a template for pictures at an interval',
    answers: sampleView,
    tagged: true,
    refuses: ['template.notFound'],
    example: { path: { definition: exampleIds.samples } },
  })
  describeSample(
    @Caller() subAppId: SubAppId,
    @Param('definition') definition: string,
    @Res({ passthrough: true }) response: ServerResponse,
  ) {
    return this.describe(subAppId, 'sampleSnapshot', definition, response)
  }

  @Get('sample-snapshot')
  @Operation({
    summary: 'List templates for pictures at an interval',
    answers: samplePage,
    example: { query: { type: 'preset' } },
  })
  listSamples(@Caller() subAppId: SubAppId, @Query() query: ListTemplatesQuery): Promise<View<typeof samplePage>> {
    return this.list(subAppId, 'sampleSnapshot', query)
  }

  @Get('image-sprite/:definition')
  @Operation({
    summary: 'Describe a template for sprite sheets',
    answers: spriteView,
    tagged: true,
    refuses: ['template.notFound'],
    example: { path: { definition: exampleIds.sprites } },
  })
  describeSprite(
    @Caller() subAppId: SubAppId,
    @Param('definition') definition: string,
    @Res({ passthrough: true }) response: ServerResponse,
  ) {
    return this.describe(subAppId, 'imageSprite', definition, response)
  }

  @Get('image-sprite')
  @Operation({
    summary: 'List templates for sprite sheets',
    answers: spritePage,
    example: { query: { type: 'preset' } },
  })
  listSprites(@Caller() subAppId: SubAppId, @Query() query: ListTemplatesQuery): Promise<View<typeof spritePage>> {
    return this.list(subAppId, 'imageSprite', query)
  }

  private async describe<Name extends PictureTemplateName>(
    subAppId: SubAppId,
    template: Name,
    text: string,
    response: ServerResponse,
  ): Promise<ShownTemplate<Name>> {
    const shown = presentTemplate(
      await this.describeTemplates.one(subAppId, { template, definition: parseDefinition(text) }),
    )
    response.setHeader('ETag', entityTagOf(shown))
    return shown
  }

  private async list<Name extends PictureTemplateName>(
    subAppId: SubAppId,
    template: Name,
    { offset, limit, type }: ListTemplatesQuery,
  ): Promise<Page<ShownTemplate<Name>>> {
    const page = await this.describeTemplates.execute(subAppId, { offset, limit, type, template })
    return { ...page, items: page.items.map((each) => presentTemplate(each)) }
  }
}
