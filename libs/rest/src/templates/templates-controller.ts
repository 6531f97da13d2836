import type { SubAppId } from '@libs/kernel'
import type { TemplateName } from '@libs/tasks'
import { CreateTemplate, DescribeTemplates, type NewTemplate, type Page, type Template } from '@libs/workflow'
import { Body, Get, Post, Query } from '@nestjs/common'
import { Caller } from '../caller'
import { RestController } from '../rest-controller'
import { ListTemplatesQuery, SampleTemplateBody, SnapshotTemplateBody, SpriteTemplateBody } from './template-bodies'

interface Created {
  readonly definition: number
}

@RestController('templates')
export class TemplatesController {
  constructor(
    private readonly createTemplate: CreateTemplate,
    private readonly describeTemplates: DescribeTemplates,
  ) {}

  @Post('snapshot-by-time-offset')
  createSnapshot(@Caller() subAppId: SubAppId, @Body() { name, comment, settings }: SnapshotTemplateBody) {
    return this.create(subAppId, { template: 'snapshotByTimeOffset', name, comment, settings })
  }

  @Post('sample-snapshot')
  createSample(@Caller() subAppId: SubAppId, @Body() { name, comment, settings }: SampleTemplateBody) {
    return this.create(subAppId, { template: 'sampleSnapshot', name, comment, settings })
  }

  @Post('image-sprite')
  createSprite(@Caller() subAppId: SubAppId, @Body() { name, comment, settings }: SpriteTemplateBody) {
    return this.create(subAppId, { template: 'imageSprite', name, comment, settings })
  }

  @Get('snapshot-by-time-offset')
  listSnapshots(@Caller() subAppId: SubAppId, @Query() query: ListTemplatesQuery) {
    return this.list(subAppId, 'snapshotByTimeOffset', query)
  }

  @Get('sample-snapshot')
  listSamples(@Caller() subAppId: SubAppId, @Query() query: ListTemplatesQuery) {
    return this.list(subAppId, 'sampleSnapshot', query)
  }

  @Get('image-sprite')
  listSprites(@Caller() subAppId: SubAppId, @Query() query: ListTemplatesQuery) {
    return this.list(subAppId, 'imageSprite', query)
  }

  private async create<Name extends TemplateName>(subAppId: SubAppId, template: NewTemplate<Name>): Promise<Created> {
    return { definition: await this.createTemplate.execute(subAppId, template) }
  }

  private list<Name extends TemplateName>(
    subAppId: SubAppId,
    template: Name,
    { offset, limit, type }: ListTemplatesQuery,
  ): Promise<Page<Template<Name>>> {
    return this.describeTemplates.execute(subAppId, { offset, limit, type, template })
  }
}
