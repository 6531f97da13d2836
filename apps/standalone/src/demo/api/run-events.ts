import { answerOf, type Client } from '@libs/client'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'

const comeAgainMs = 500

const taskNews = z.object({
  index: z.int(),
  kind: z.string(),
  state: z.string(),
  progressPercent: z.number(),
  framesDone: z.number().optional(),
  frames: z.number().optional(),
  fault: z.object({ code: z.string(), detail: z.string() }).nullish(),
})

export type TaskNews = z.infer<typeof taskNews>

/**
 * What is told of a run's tasks until it has ended; who is cut off goes on where that was.
 * @throws ApiProblem
 */
export async function* newsOfRun(api: Client, runId: string): AsyncGenerator<TaskNews> {
  let lastEventId: string | undefined
  for (;;) {
    const bytes = await listen(api, runId, lastEventId)
    // All was told before.
    if (bytes === undefined) return
    const events = bytes.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
    try {
      for await (const { event, id, data } of events) {
        if (event === 'runEnded') return
        lastEventId = id
        yield taskNews.parse(JSON.parse(data))
      }
    } catch (thrown) {
      // A connection that breaks is as one that ends.
      if (!(thrown instanceof TypeError)) throw thrown
    }
    await wait(comeAgainMs)
  }
}

/** The bytes of the stream, from behind the event that was the last; undefined when that was the end. */
async function listen(api: Client, runId: string, lastEventId: string | undefined) {
  const header = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }
  const params = { path: { runId }, header }
  return (await answerOf(api.GET('/v1/runs/{runId}/events', { params, parseAs: 'stream' }))) ?? undefined
}
