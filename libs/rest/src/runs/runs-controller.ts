import type { RunId, SubAppId } from '@libs/kernel'
import { AbortRun, type AcceptedRun, DescribeRun, FileUrls, ListRuns, ProcessMedia } from '@libs/workflow'
import { Body, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common'
import type { ServerResponse } from 'node:http'
import { Caller } from '../caller'
import { RestController } from '../rest-controller'
import { CreateRunBody, toProcessMedia } from './create-run-body'
import { ListRunsQuery, nextPageOf, toRunQuery } from './list-runs-query'
import { presentRun, presentRunFacts } from './present-run'
import { runIdOf } from './run-id'

@RestController('runs')
export class RunsController {
  constructor(
    private readonly processMedia: ProcessMedia,
    private readonly describeRun: DescribeRun,
    private readonly listRuns: ListRuns,
    private readonly abortRun: AbortRun,
    private readonly urls: FileUrls,
  ) {}

  @Post()
  @HttpCode(202)
  async create(
    @Caller() subAppId: SubAppId,
    @Body() body: CreateRunBody,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<AcceptedRun> {
    const accepted = await this.processMedia.execute(toProcessMedia(body, subAppId))
    response.setHeader('Location', `/v1/runs/${accepted.runId}`)
    return accepted
  }

  @Get()
  async list(@Caller() subAppId: SubAppId, @Query() query: ListRunsQuery): Promise<object> {
    const asked = toRunQuery(query)
    const { runs, hasMore } = await this.listRuns.execute(subAppId, asked)
    return { items: runs.map(presentRunFacts), nextPage: hasMore ? nextPageOf(runs.at(-1)) : undefined }
  }

  @Get(':runId')
  async describe(@Caller() subAppId: SubAppId, @Param('runId') text: string): Promise<object> {
    return presentRun(await this.describeRun.execute(subAppId, runIdOf(text)), this.urls)
  }

  @Post(':runId/abort')
  @HttpCode(202)
  async abort(@Caller() subAppId: SubAppId, @Param('runId') text: string): Promise<{ readonly runId: RunId }> {
    const runId = runIdOf(text)
    await this.abortRun.execute(subAppId, runId)
    return { runId }
  }
}
