import { EventSourceParserStream } from 'eventsource-parser/stream'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { RestClient } from './rest-client'

const comeAgainMs = 500

const taskNews = z.object({
  index: z.int(),
  kind: z.string(),
  state: z.string(),
  progressPercent: z.number(),
  fault: z.object({ code: z.string(), detail: z.string() }).nullish(),
})

export type TaskNews = z.infer<typeof taskNews>

/**
 * What is told of a run's tasks until it has ended; who is cut off goes on where that was.
 * @throws DemoFailure `refused`
 */
export async function* newsOfRun(api: RestClient, runId: string): AsyncGenerator<TaskNews> {
  let lastEventId: string | undefined
  for (;;) {
    const bytes = await api.listen(`/v1/runs/${runId}/events`, lastEventId)
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
