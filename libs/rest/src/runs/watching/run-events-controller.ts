import type { SubAppId } from '@libs/kernel'
import { FileUrls, WatchRuns } from '@libs/workflow'
import { Get, Headers, Param, Res } from '@nestjs/common'
import { ApiHeader, ApiProduces } from '@nestjs/swagger'
import type { ServerResponse } from 'node:http'
import { Caller } from '../../caller'
import { RestController } from '../../rest-controller'
import { runIdOf } from '../run-id'
import { RunEventStream } from './run-event-stream'

@RestController('runs')
export class RunEventsController {
  constructor(
    private readonly watchRuns: WatchRuns,
    private readonly urls: FileUrls,
  ) {}

  /** How far a run is, and what becomes of it, as it happens: `progress` and `taskEnded` of its tasks, then `runEnded`. */
  @Get(':runId/events')
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'Last-Event-ID', required: false })
  async follow(
    @Caller() subAppId: SubAppId,
    @Param('runId') text: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() response: ServerResponse,
  ): Promise<void> {
    const stream = new RunEventStream(response, lastEventId, this.urls)
    const leave = await this.watchRuns.execute(subAppId, runIdOf(text), (report) => stream.tell(report))
    if (response.closed) leave()
    else response.once('close', leave)
  }
}
