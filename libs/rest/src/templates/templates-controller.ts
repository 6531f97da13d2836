import { AppError, type SubAppId } from '@libs/kernel'
import type { TemplateName } from '@libs/tasks'
import {
  ChangeTemplate,
  CreateTemplate,
  DeleteTemplate,
  DescribeTemplates,
  type NewTemplate,
  type Page,
  type Template,
} from '@libs/workflow'
import { Body, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common'
import { Caller } from '../caller'
import { RestController } from '../rest-controller'
import { parseDefinition } from './parse-definition'
import { ListTemplatesQuery, SampleTemplateBody, SnapshotTemplateBody, SpriteTemplateBody } from './template-bodies'

interface Created {
  readonly definition: number
}

const templateOfRoute: Readonly<Record<string, TemplateName>> = {
  'snapshot-by-time-offset': 'snapshotByTimeOffset',
  'sample-snapshot': 'sampleSnapshot',
  'image-sprite': 'imageSprite',
  watermark: 'watermark',
}

@RestController('templates')
export class TemplatesController {
  constructor(
    private readonly createTemplate: CreateTemplate,
    private readonly changeTemplate: ChangeTemplate,
    private readonly deleteTemplate: DeleteTemplate,
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

  @Put('snapshot-by-time-offset/:definition')
  replaceSnapshot(
    @Caller() subAppId: SubAppId,
    @Param('definition') definition: string,
    @Body() { name, comment, settings }: SnapshotTemplateBody,
  ) {
    return this.replace(subAppId, definition, { template: 'snapshotByTimeOffset', name, comment, settings })
  }

  @Get('snapshot-by-time-offset')
  listSnapshots(@Caller() subAppId: SubAppId, @Query() query: ListTemplatesQuery) {
    return this.list(subAppId, 'snapshotByTimeOffset', query)
  }

  @Put('sample-snapshot/:definition')
  replaceSample(
    @Caller() subAppId: SubAppId,
    @Param('definition') definition: string,
    @Body() { name, comment, settings }: SampleTemplateBody,
  ) {
    return this.replace(subAppId, definition, { template: 'sampleSnapshot', name, comment, settings })
  }

  @Get('sample-snapshot')
  listSamples(@Caller() subAppId: SubAppId, @Query() query: ListTemplatesQuery) {
    return this.list(subAppId, 'sampleSnapshot', query)
  }

  @Put('image-sprite/:definition')
  replaceSprite(
    @Caller() subAppId: SubAppId,
    @Param('definition') definition: string,
    @Body() { name, comment, settings }: SpriteTemplateBody,
  ) {
    return this.replace(subAppId, definition, { template: 'imageSprite', name, comment, settings })
  }

  @Get('image-sprite')
  listSprites(@Caller() subAppId: SubAppId, @Query() query: ListTemplatesQuery) {
    return this.list(subAppId, 'imageSprite', query)
  }

  @Delete(':route/:definition')
  @HttpCode(204)
  async remove(
    @Caller() subAppId: SubAppId,
    @Param('route') route: string,
    @Param('definition') definition: string,
  ): Promise<void> {
    const template = Object.hasOwn(templateOfRoute, route) ? templateOfRoute[route] : undefined
    if (template === undefined) throw new AppError('request.unknownAction', 'There is nothing at this address.')
    await this.deleteTemplate.execute(subAppId, { template, definition: parseDefinition(definition) })
  }

  private async replace<Name extends TemplateName>(
    subAppId: SubAppId,
    text: string,
    replacement: NewTemplate<Name>,
  ): Promise<Created> {
    const definition = parseDefinition(text)
    await this.changeTemplate.execute(subAppId, { template: replacement.template, definition }, () => replacement)
    return { definition }
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
