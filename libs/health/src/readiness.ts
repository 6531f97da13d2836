/** What can be wrong with one thing that an app needs. */
export interface Check {
  /** A word for what is looked at: `database`, `redis`, `disk`. */
  readonly name: string
  /** What the app is while it fails: `broken` takes no calls, `degraded` works and wants somebody to look. */
  readonly means: 'broken' | 'degraded'
  /** The same for what it says when it does answer, where that is less. */
  readonly findingsMean?: Check['means']
  /** Sentences that say what is wrong; none when all is well. Throwing, or 2 s without an answer, is a finding of its own. */
  readonly look: () => readonly string[] | Promise<readonly string[]>
}

export interface ReadinessReport {
  readonly status: 'ok' | 'degraded' | 'broken' | 'stopping'
  readonly broken: readonly string[]
  readonly degraded: readonly string[]
  /** What else whoever looks may want to know: versions, what guards are in force. */
  readonly facts: Readonly<Record<string, string>>
}

const lookLimitMs = 2_000
/** However often it is asked, the things themselves are looked at no more than once in this time. */
const freshMs = 1_000

/** Whether an app can do its work. */
export class Readiness {
  private stopping = false
  private last: { readonly atMs: number; readonly report: Promise<ReadinessReport> } | undefined

  constructor(
    private readonly checks: readonly Check[],
    private readonly facts: Readonly<Record<string, string>> = {},
  ) {}

  /** From now on the app is not ready, whatever the checks say. */
  stop(): void {
    this.stopping = true
  }

  get isStopping(): boolean {
    return this.stopping
  }

  async report(): Promise<ReadinessReport> {
    const atMs = performance.now()
    if (this.last === undefined || atMs - this.last.atMs > freshMs) this.last = { atMs, report: this.look() }
    const report = await this.last.report
    return this.stopping ? { ...report, status: 'stopping' } : report
  }

  private async look(): Promise<ReadinessReport> {
    const findings = await Promise.all(this.checks.map(findingsOf))
    const meaning = (means: Check['means']) => findings.flat().filter((finding) => finding.means === means)
    const [broken, degraded] = [meaning('broken'), meaning('degraded')].map((some) => some.map(({ text }) => text))
    const status = broken?.length ? 'broken' : degraded?.length ? 'degraded' : 'ok'
    return { status, broken: broken ?? [], degraded: degraded ?? [], facts: this.facts }
  }
}

/** Nothing of the error is told: anybody may ask. */
async function findingsOf({ name, means, findingsMean = means, look }: Check) {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), lookLimitMs)
  })
  const found = await Promise.race([Promise.resolve().then(look), silence]).catch(() => undefined)
  clearTimeout(timer)
  if (found === undefined) return [{ means, text: `${name}: does not answer` }]
  return found.map((text) => ({ means: findingsMean, text: `${name}: ${text}` }))
}

/** The HTTP status that goes with a report: what is degraded still takes calls. */
export function statusCodeOf({ status }: ReadinessReport): 200 | 503 {
  return status === 'ok' || status === 'degraded' ? 200 : 503
}
