import { AppError, type SubAppId } from '@libs/kernel'
import type { PictureTemplateName } from '@libs/tasks'
import { ChangeTemplate, CreateTemplate, DeleteTemplate, type IdempotencyKey, type NewTemplate } from '@libs/workflow'
import { Body, Delete, Param, Post, Put } from '@nestjs/common'
import { ApiParam } from '@nestjs/swagger'
import { Caller } from '../caller'
import { exampleIds } from '../openapi/example-ids'
import { Operation } from '../openapi/operation'
import type { View } from '../openapi/view'
import { IfMatch, type Precondition } from '../preconditions/if-match'
import { Once } from '../preconditions/once'
import { RestController } from '../rest-controller'
import { parseDefinition } from './parse-definition'
import { presentTemplate } from './present-template'
import { SampleTemplateBody, SnapshotTemplateBody, SpriteTemplateBody } from './template-bodies'
import { definitionView } from './template-view'

type Definition = View<typeof definitionView>

const templateOfKind: Readonly<Record<string, PictureTemplateName>> = {
  'snapshot-by-time-offset': 'snapshotByTimeOffset',
  'sample-snapshot': 'sampleSnapshot',
  'image-sprite': 'imageSprite',
}

const exampleBodies = {
  snapshots: { name: 'posters', settings: { widthPx: 1280, format: 'webp', quality: 80 } },
  samples: {
    name: 'every-ten',
    retainResultsDays: 30,
    settings: { widthPx: 320, sampling: { by: 'time', intervalMs: 10_000 } },
  },
  sprites: {
    name: 'seek-bar',
    settings: { widthPx: 160, heightPx: 90, sampling: { by: 'percent', intervalPercent: 1 }, rows: 10, columns: 10 },
  },
}

@RestController('templates', { acting: 'manage' })
export class TemplatesController {
  constructor(
    private readonly createTemplate: CreateTemplate,
    private readonly changeTemplate: ChangeTemplate,
    private readonly deleteTemplate: DeleteTemplate,
  ) {}

  @Post('snapshot-by-time-offset')
  @Operation({
    summary: 'Make a template for pictures at given times',
    status: 201,
    answers: definitionView,
    once: true,
    refuses: ['template.limitReached'],
    example: { body: exampleBodies.snapshots },
  })
  createSnapshot(
    @Caller() subAppId: SubAppId,
    @Body() { name, comment, settings, retainResultsDays }: SnapshotTemplateBody,
    @Once() key: IdempotencyKey | undefined,
  ) {
    return this.create(subAppId, { template: 'snapshotByTimeOffset', name, comment, settings, retainResultsDays }, key)
  }

  @Post('sample-snapshot')
  @Operation({
    summary: 'Make a template for pictures at an interval',
    status: 201,
    answers: definitionView,
    once: true,
    refuses: ['template.limitReached'],
    example: { body: exampleBodies.samples },
  })
  createSample(
    @Caller() subAppId: SubAppId,
    @Body() { name, comment, settings, retainResultsDays }: SampleTemplateBody,
    @Once() key: IdempotencyKey | undefined,
  ) {
    return this.create(subAppId, { template: 'sampleSnapshot', name, comment, settings, retainResultsDays }, key)
  }

  @Post('image-sprite')
  @Operation({
    summary: 'Make a template for sprite sheets',
    status: 201,
    answers: definitionView,
    once: true,
    refuses: ['template.limitReached'],
    example: { body: exampleBodies.sprites },
  })
  createSprite(
    @Caller() subAppId: SubAppId,
    @Body() { name, comment, settings, retainResultsDays }: SpriteTemplateBody,
    @Once() key: IdempotencyKey | undefined,
  ) {
    return this.create(subAppId, { template: 'imageSprite', name, comment, settings, retainResultsDays }, key)
  }

  @Put('snapshot-by-time-offset/:definition')
  @Operation({
    summary: 'Replace a template for pictures at given times',
    answers: definitionView,
    tagged: true,
    refuses: ['template.notFound', 'template.isPreset', 'request.outdated'],
    example: { path: { definition: exampleIds.snapshots }, body: exampleBodies.snapshots },
  })
  replaceSnapshot(
    @Caller() subAppId: SubAppId,
    @Param('definition') definition: string,
    @Body() { name, comment, settings, retainResultsDays }: SnapshotTemplateBody,
    @IfMatch() check: Precondition,
  ) {
    return this.replace(
      subAppId,
      definition,
      { template: 'snapshotByTimeOffset', name, comment, settings, retainResultsDays },
      check,
    )
  }

  @Put('sample-snapshot/:definition')
  @Operation({
    summary: 'Replace a template for pictures at an interval',
    answers: definitionView,
    tagged: true,
    refuses: ['template.notFound', 'template.isPreset', 'request.outdated'],
    example: { path: { definition: exampleIds.samples }, body: exampleBodies.samples },
  })
  replaceSample(
    @Caller() subAppId: SubAppId,
    @Param('definition') definition: string,
    @Body() { name, comment, settings, retainResultsDays }: SampleTemplateBody,
    @IfMatch() check: Precondition,
  ) {
    return this.replace(
      subAppId,
      definition,
      { template: 'sampleSnapshot', name, comment, settings, retainResultsDays },
      check,
    )
  }

  @Put('image-sprite/:definition')
  @Operation({
    summary: 'Replace a template for sprite sheets',
    answers: definitionView,
    tagged: true,
    refuses: ['template.notFound', 'template.isPreset', 'request.outdated'],
    example: { path: { definition: exampleIds.sprites }, body: exampleBodies.sprites },
  })
  replaceSprite(
    @Caller() subAppId: SubAppId,
    @Param('definition') definition: string,
    @Body() { name, comment, settings, retainResultsDays }: SpriteTemplateBody,
    @IfMatch() check: Precondition,
  ) {
    return this.replace(
      subAppId,
      definition,
      { template: 'imageSprite', name, comment, settings, retainResultsDays },
      check,
    )
  }

  @Delete(':kind/:definition')
  @ApiParam({ name: 'kind', enum: Object.keys(templateOfKind) })
  @Operation({
    summary: 'Delete a template for pictures of any kind',
    tagged: true,
    refuses: ['template.notFound', 'template.isPreset', 'request.outdated'],
    example: { path: { kind: 'image-sprite', definition: exampleIds.sprites } },
  })
  async remove(
    @Caller() subAppId: SubAppId,
    @Param('kind') kind: string,
    @Param('definition') definition: string,
    @IfMatch() check: Precondition,
  ): Promise<void> {
    const template = Object.hasOwn(templateOfKind, kind) ? templateOfKind[kind] : undefined
    if (template === undefined) throw new AppError('request.unknownAction', 'There is nothing at this address.')
    const id = { template, definition: parseDefinition(definition) }
    await this.deleteTemplate.execute(subAppId, id, (current) => check(presentTemplate(current)))
  }

  private async replace<Name extends PictureTemplateName>(
    subAppId: SubAppId,
    text: string,
    replacement: NewTemplate<Name>,
    check: Precondition,
  ): Promise<Definition> {
    const definition = parseDefinition(text)
    await this.changeTemplate.execute(subAppId, { template: replacement.template, definition }, (current) => {
      check(presentTemplate(current))
      return replacement
    })
    return { definition }
  }

  private async create<Name extends PictureTemplateName>(
    subAppId: SubAppId,
    template: NewTemplate<Name>,
    key: IdempotencyKey | undefined,
  ): Promise<Definition> {
    return { definition: await this.createTemplate.execute(subAppId, template, { key }) }
  }
}
