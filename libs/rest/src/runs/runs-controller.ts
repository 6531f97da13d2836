import { AppError, parseRunId, type SubAppId } from '@libs/kernel'
import { type AcceptedRun, DescribeRun, FileUrls, ProcessMedia } from '@libs/workflow'
import { Body, Get, HttpCode, Param, Post, Res } from '@nestjs/common'
import type { ServerResponse } from 'node:http'
import { Caller } from '../caller'
import { RestController } from '../rest-controller'
import { CreateRunBody, toProcessMedia } from './create-run-body'
import { presentRun } from './present-run'

@RestController('runs')
export class RunsController {
  constructor(
    private readonly processMedia: ProcessMedia,
    private readonly describeRun: DescribeRun,
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

  @Get(':runId')
  async describe(@Caller() subAppId: SubAppId, @Param('runId') text: string): Promise<object> {
    const runId = parseRunId(text)
    if (runId === undefined) throw new AppError('run.notFound', `There is no run "${text}".`, { field: 'runId' })
    return presentRun(await this.describeRun.execute(subAppId, runId), this.urls)
  }
}
