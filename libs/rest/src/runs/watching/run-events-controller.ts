import type { SubAppId } from '@libs/kernel'
import { FileUrls, WatchRuns } from '@libs/workflow'
import { Get, Headers, Param, Res } from '@nestjs/common'
import { ApiHeader } from '@nestjs/swagger'
import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { Caller } from '../../caller'
import { exampleIds } from '../../openapi/example-ids'
import { Operation } from '../../openapi/operation'
import { RestController } from '../../rest-controller'
import { runIdOf } from '../run-id'
import { RunEventStream } from './run-event-stream'

const runEvents = z.string().meta({
  id: 'RunEvents',
  description:
    'Events: `progress` and `taskEnded`, whose data is a task or how far it is, then `runEnded`, whose data is the run.',
})

@RestController('runs', { acting: 'process' })
export class RunEventsController {
  constructor(
    private readonly watchRuns: WatchRuns,
    private readonly urls: FileUrls,
  ) {}

  /** How far a run is, and what becomes of it, as it happens: `progress` and `taskEnded` of its tasks, then `runEnded`. */
  @Get(':runId/events')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    schema: { type: 'string' },
    description: 'Where an earlier stream ended.',
  })
  @Operation({
    summary: 'Follow a run as it goes on, over Server-Sent Events',
    answers: runEvents,
    answersType: 'text/event-stream',
    refuses: ['run.notFound'],
    example: { path: { runId: exampleIds.endedRunId } },
  })
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
