import type { PictureKindName } from '@libs/tasks'
import type { FileUrls, RunReport, Task } from '@libs/workflow'
import type { ServerResponse } from 'node:http'
import { presentProgress, presentRunFacts, presentTask } from '../present-run'
import { type RunNews, ToldSoFar } from './told-so-far'

type Report = RunReport<PictureKindName>

/** Proxies and browsers give a connection up on which nothing comes for a minute. */
const heartbeatMs = 15_000
/** Then the listener comes again, and proves anew who it is. */
const longestMs = 10 * 60_000
/** How long a listener waits before it comes again. */
const retryMs = 1_000

const head = {
  'Content-Type': 'text/event-stream',
  // Else nginx keeps back what it takes for a body that is not whole yet.
  'X-Accel-Buffering': 'no',
  // A server that stops has no line to wait for then.
  Connection: 'close',
}

/**
 * An answer that tells of a run in Server-Sent Events (HTML, "Server-sent events"). It holds nothing back for a listener that
 * is slow: whenever there is room again, what has changed is told as it is by then.
 */
export class RunEventStream {
  private told: ToldSoFar | undefined
  private latest: Report | undefined
  private isClosed = false

  constructor(
    private readonly response: ServerResponse,
    private readonly lastEventId: string | undefined,
    private readonly urls: FileUrls,
  ) {}

  /** @param report how the run is now; undefined: this is all */
  tell(report: Report | undefined): void {
    if (this.isClosed || this.response.destroyed) return
    if (report === undefined) {
      this.close()
      return
    }
    this.latest = report
    this.told ??= this.open(report)
    this.writeOn()
  }

  private open(report: Report): ToldSoFar {
    const { response } = this
    const told = new ToldSoFar(report, this.lastEventId)
    const heartbeat = setInterval(() => this.beat(), heartbeatMs)
    const end = setTimeout(() => this.close(), longestMs)
    response.on('drain', () => this.writeOn())
    response.once('close', () => {
      this.isClosed = true
      clearInterval(heartbeat)
      clearTimeout(end)
    })
    return told
  }

  private writeOn(): void {
    const { told, latest, response } = this
    if (told === undefined || latest === undefined || this.isClosed) return
    if (!response.headersSent && !this.begin(told.isOver)) return
    while (!response.writableNeedDrain) {
      const news = told.next(latest)
      if (news === undefined) return
      response.write(this.render(news, latest))
      if (news.about === 'runEnded') this.close()
    }
  }

  /** @returns whether there is anything to be told: 204 keeps browsers from coming again */
  private begin(isOver: boolean): boolean {
    const { response } = this
    response.writeHead(isOver ? 204 : 200, isOver ? {} : head)
    const isWanted = !isOver && response.req.method !== 'HEAD'
    if (isWanted) response.write(`retry: ${retryMs}\n\n`)
    else this.close()
    return isWanted
  }

  private beat(): void {
    if (!this.isClosed && !this.response.writableNeedDrain) this.response.write(':\n\n')
  }

  private render(news: RunNews, { run }: Report): string {
    const data = news.about === 'runEnded' ? presentRunFacts(run) : this.present(news.about, news.task)
    return `event: ${news.about}\nid: ${news.id}\ndata: ${JSON.stringify(data)}\n\n`
  }

  private present(about: 'progress' | 'taskEnded', task: Task<PictureKindName>): object {
    const { index } = task
    return { index, ...(about === 'taskEnded' ? presentTask(task, this.urls) : presentProgress(task)) }
  }

  private close(): void {
    this.isClosed = true
    this.response.end()
  }
}
