import type { SubAppId } from '@libs/kernel'
import { AbortRun, DescribeRun, FileUrls, type IdempotencyKey, ListRuns, ProcessMedia } from '@libs/workflow'
import { Body, Get, Param, Post, Query, Res } from '@nestjs/common'
import type { ServerResponse } from 'node:http'
import { Caller } from '../caller'
import { exampleIds } from '../openapi/example-ids'
import { Operation } from '../openapi/operation'
import type { View } from '../openapi/view'
import { Once } from '../preconditions/once'
import { RestController } from '../rest-controller'
import { CreateRunBody, toProcessMedia } from './create-run-body'
import { ListRunsQuery, nextPageOf, toRunQuery } from './list-runs-query'
import { presentRun, presentRunFacts } from './present-run'
import { runIdOf } from './run-id'
import { acceptedRunView, runIdView, runListView, runView } from './views/run-view'

@RestController('runs', { acting: 'process' })
export class RunsController {
  constructor(
    private readonly processMedia: ProcessMedia,
    private readonly describeRun: DescribeRun,
    private readonly listRuns: ListRuns,
    private readonly abortRun: AbortRun,
    private readonly urls: FileUrls,
  ) {}

  @Post()
  @Operation({
    summary: 'Make pictures of a media, by tasks or by a stored procedure',
    status: 202,
    answers: acceptedRunView,
    once: true,
    refuses: [
      'media.notFound',
      'queue.notFound',
      'template.notFound',
      'procedure.notFound',
      'session.duplicate',
      'url.refused',
      'subApp.busy',
    ],
    example: {
      body: {
        mediaId: exampleIds.mediaId,
        tasks: [
          { kind: 'snapshotByTimeOffset', definition: 10, offsets: ['3.5s', '50%', 12_000] },
          { kind: 'coverBySnapshot', settings: { widthPx: 640, format: 'webp' }, position: '10%' },
        ],
      },
    },
  })
  async create(
    @Caller() subAppId: SubAppId,
    @Body() body: CreateRunBody,
    @Once() key: IdempotencyKey | undefined,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<View<typeof acceptedRunView>> {
    const accepted = await this.processMedia.execute({ ...toProcessMedia(body, subAppId), key })
    response.setHeader('Location', `/v1/runs/${accepted.runId}`)
    return accepted
  }

  @Get()
  @Operation({
    summary: 'List runs, the latest first unless asked otherwise',
    answers: runListView,
    refuses: ['media.notFound'],
    example: { query: { mediaId: exampleIds.mediaId, state: 'waiting', limit: 10 } },
  })
  async list(@Caller() subAppId: SubAppId, @Query() query: ListRunsQuery): Promise<View<typeof runListView>> {
    const asked = toRunQuery(query)
    const { runs, hasMore } = await this.listRuns.execute(subAppId, asked)
    return { items: runs.map(presentRunFacts), nextPage: hasMore ? nextPageOf(runs.at(-1)) : undefined }
  }

  @Get(':runId')
  @Operation({
    summary: 'Tell how far a run is, and what its tasks brought',
    answers: runView,
    refuses: ['run.notFound'],
    example: { path: { runId: exampleIds.runId } },
  })
  async describe(@Caller() subAppId: SubAppId, @Param('runId') text: string): Promise<View<typeof runView>> {
    return presentRun(await this.describeRun.execute(subAppId, runIdOf(text)), this.urls)
  }

  @Post(':runId/abort')
  @Operation({
    summary: 'Abort a run: what has not begun never does',
    status: 202,
    answers: runIdView,
    refuses: ['run.notFound'],
    example: { path: { runId: exampleIds.runId } },
  })
  async abort(@Caller() subAppId: SubAppId, @Param('runId') text: string): Promise<View<typeof runIdView>> {
    const runId = runIdOf(text)
    await this.abortRun.execute(subAppId, runId)
    return { runId }
  }
}
