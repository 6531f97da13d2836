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
import { Body, Delete, Get, Param, Post, Put, Query } from '@nestjs/common'
import { ApiParam } from '@nestjs/swagger'
import { Caller } from '../caller'
import { exampleIds } from '../openapi/example-ids'
import { Operation } from '../openapi/operation'
import type { View } from '../openapi/view'
import { RestController } from '../rest-controller'
import { parseDefinition } from './parse-definition'
import { ListTemplatesQuery, SampleTemplateBody, SnapshotTemplateBody, SpriteTemplateBody } from './template-bodies'
import { definitionView, samplePage, snapshotPage, spritePage } from './template-view'

type Definition = View<typeof definitionView>

const templateOfKind: Readonly<Record<string, TemplateName>> = {
  'snapshot-by-time-offset': 'snapshotByTimeOffset',
  'sample-snapshot': 'sampleSnapshot',
  'image-sprite': 'imageSprite',
  watermark: 'watermark',
}

const exampleBodies = {
  snapshots: { name: 'posters', settings: { widthPx: 1280, format: 'webp', quality: 80 } },
  samples: { name: 'every-ten', settings: { widthPx: 320, sampling: { by: 'time', intervalMs: 10_000 } } },
  sprites: {
    name: 'seek-bar',
    settings: { widthPx: 160, heightPx: 90, sampling: { by: 'percent', intervalPercent: 1 }, rows: 10, columns: 10 },
  },
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
  @Operation({
    summary: 'Make a template for pictures at given times',
    status: 201,
    answers: definitionView,
    refuses: ['template.limitReached'],
    example: { body: exampleBodies.snapshots },
  })
  createSnapshot(@Caller() subAppId: SubAppId, @Body() { name, comment, settings }: SnapshotTemplateBody) {
    return this.create(subAppId, { template: 'snapshotByTimeOffset', name, comment, settings })
  }

  @Post('sample-snapshot')
  @Operation({
    summary: 'Make a template for pictures at an interval',
    status: 201,
    answers: definitionView,
    refuses: ['template.limitReached'],
    example: { body: exampleBodies.samples },
  })
  createSample(@Caller() subAppId: SubAppId, @Body() { name, comment, settings }: SampleTemplateBody) {
    return this.create(subAppId, { template: 'sampleSnapshot', name, comment, settings })
  }

  @Post('image-sprite')
  @Operation({
    summary: 'Make a template for sprite sheets',
    status: 201,
    answers: definitionView,
    refuses: ['template.limitReached'],
    example: { body: exampleBodies.sprites },
  })
  createSprite(@Caller() subAppId: SubAppId, @Body() { name, comment, settings }: SpriteTemplateBody) {
    return this.create(subAppId, { template: 'imageSprite', name, comment, settings })
  }

  @Put('snapshot-by-time-offset/:definition')
  @Operation({
    summary: 'Replace a template for pictures at given times',
    answers: definitionView,
    refuses: ['template.notFound', 'template.isPreset'],
    example: { path: { definition: exampleIds.snapshots }, body: exampleBodies.snapshots },
  })
  replaceSnapshot(
    @Caller() subAppId: SubAppId,
    @Param('definition') definition: string,
    @Body() { name, comment, settings }: SnapshotTemplateBody,
  ) {
    return this.replace(subAppId, definition, { template: 'snapshotByTimeOffset', name, comment, settings })
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

  @Put('sample-snapshot/:definition')
  @Operation({
    summary: 'Replace a template for pictures at an interval',
    answers: definitionView,
    refuses: ['template.notFound', 'template.isPreset'],
    example: { path: { definition: exampleIds.samples }, body: exampleBodies.samples },
  })
  replaceSample(
    @Caller() subAppId: SubAppId,
    @Param('definition') definition: string,
    @Body() { name, comment, settings }: SampleTemplateBody,
  ) {
    return this.replace(subAppId, definition, { template: 'sampleSnapshot', name, comment, settings })
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

  @Put('image-sprite/:definition')
  @Operation({
    summary: 'Replace a template for sprite sheets',
    answers: definitionView,
    refuses: ['template.notFound', 'template.isPreset'],
    example: { path: { definition: exampleIds.sprites }, body: exampleBodies.sprites },
  })
  replaceSprite(
    @Caller() subAppId: SubAppId,
    @Param('definition') definition: string,
    @Body() { name, comment, settings }: SpriteTemplateBody,
  ) {
    return this.replace(subAppId, definition, { template: 'imageSprite', name, comment, settings })
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

  @Delete(':kind/:definition')
  @ApiParam({ name: 'kind', enum: Object.keys(templateOfKind) })
  @Operation({
    summary: 'Delete a template of any kind',
    refuses: ['template.notFound', 'template.isPreset'],
    example: { path: { kind: 'watermark', definition: exampleIds.watermark } },
  })
  async remove(
    @Caller() subAppId: SubAppId,
    @Param('kind') kind: string,
    @Param('definition') definition: string,
  ): Promise<void> {
    const template = Object.hasOwn(templateOfKind, kind) ? templateOfKind[kind] : undefined
    if (template === undefined) throw new AppError('request.unknownAction', 'There is nothing at this address.')
    await this.deleteTemplate.execute(subAppId, { template, definition: parseDefinition(definition) })
  }

  private async replace<Name extends TemplateName>(
    subAppId: SubAppId,
    text: string,
    replacement: NewTemplate<Name>,
  ): Promise<Definition> {
    const definition = parseDefinition(text)
    await this.changeTemplate.execute(subAppId, { template: replacement.template, definition }, () => replacement)
    return { definition }
  }

  private async create<Name extends TemplateName>(
    subAppId: SubAppId,
    template: NewTemplate<Name>,
  ): Promise<Definition> {
    return { definition: await this.createTemplate.execute(subAppId, template) }
  }

  private async list<Name extends TemplateName>(
    subAppId: SubAppId,
    template: Name,
    { offset, limit, type }: ListTemplatesQuery,
  ): Promise<Page<Omit<Template<Name>, 'written'>>> {
    const page = await this.describeTemplates.execute(subAppId, { offset, limit, type, template })
    return { ...page, items: page.items.map(({ written: _, ...shown }) => shown) }
  }
}
