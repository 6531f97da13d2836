import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { clock } from './inputs/make'
import type { CorpusProduct } from './product/corpus-product'
import type { EventReceiver } from './product/event-receiver'
import type { Rest } from './product/rest'
import type { RunEnd } from './product/run-report'
import { runReport } from './product/run-report'
import type { Authority } from './servers/certificates'
import type { Origins } from './servers/origins'
import type { Trap } from './servers/trap'

/** The four kinds with templates of the corpus, for these offsets. */
export type Offsets = readonly [string, ...string[]]

/** What is around the product. */
interface World {
  readonly origins: Origins
  readonly trap: Trap
  readonly authority: Authority
  /** For inputs and downloads. */
  readonly folder: string
}

const processed = z.object({ runId: z.string() })
const mostWaitMs = 180_000

/** What cases have at hand: the product, the world around it, and a folder for inputs. */
export class Lab {
  private readonly procedures = new Map<string, Promise<string>>()
  private readonly made = new Map<string, Promise<string>>()
  /** All runs that were asked for, for the count of their events. */
  readonly runs: string[] = []
  /** Every text that a fault was told in. */
  readonly details: string[] = []

  constructor(
    readonly product: CorpusProduct,
    readonly rest: Rest,
    readonly receiver: EventReceiver,
    readonly world: World,
    private readonly definitions: { readonly still: number; readonly samples: number; readonly sprite: number },
  ) {}

  /** The file that a recipe makes, made once. */
  once(name: string, make: (path: string) => Promise<unknown>): Promise<string> {
    const path = `${this.world.folder}/${name}`
    const making = this.made.get(name) ?? make(path).then(() => path)
    this.made.set(name, making)
    return making
  }

  tasks(offsets: Offsets): readonly object[] {
    const { still, samples, sprite } = this.definitions
    return [
      { kind: 'snapshotByTimeOffset', definition: still, offsets },
      { kind: 'sampleSnapshot', definition: samples },
      { kind: 'imageSprites', definition: sprite },
      { kind: 'coverBySnapshot', definition: still, position: '50%' },
    ]
  }

  cover(atMs: number): object {
    return { kind: 'coverBySnapshot', definition: this.definitions.still, position: atMs }
  }

  /** The name of a stored procedure with all four kinds. */
  procedure(offsets: Offsets): Promise<string> {
    const name = `corpus ${offsets.join(' ')}`.slice(0, 64)
    const tasks = this.tasks(offsets)
    const making = this.procedures.get(name) ?? this.rest.ask('/v1/procedures', { name, tasks }).then(() => name)
    this.procedures.set(name, making)
    return making
  }

  /** Uploads a clock and waits until it is ready. @returns with the path of the stored source */
  async readyMedia(): Promise<{ readonly mediaId: string; readonly path: string }> {
    const file = await this.once('ready.mp4', clock())
    const procedure = await this.procedure(['0s'])
    const { mediaId, runId } = await this.rest.upload({ bytes: await openAsBlob(file), name: 'ready.mp4' }, procedure)
    await this.endOf(runId, mediaId)
    const { rows } = await this.product.database.query<{ key: string }>(
      'select source_key as key from media where id = $1',
      [mediaId],
    )
    return { mediaId, path: join(this.product.storeDir, rows[0]?.key ?? '') }
  }

  /** Has pictures of all four kinds, or those of `tasks`, made of a media that is ready. */
  async process(mediaId: string, tasks = this.tasks(['0s', '50%', '100%'])): Promise<RunEnd> {
    const { runId } = processed.parse(await this.rest.ask('/v1/runs', { mediaId, tasks }))
    return this.endOf(runId, mediaId)
  }

  /** Waits for a run's event, then looks at the run. */
  async endOf(runId: string | undefined, mediaId: string): Promise<RunEnd> {
    if (runId === undefined) throw new Error('No run was begun.')
    this.runs.push(runId)
    await this.receiver.endOf(runId, mostWaitMs)
    const report = runReport.parse(await this.rest.ask(`/v1/runs/${runId}`))
    this.details.push(...report.tasks.flatMap(({ fault }) => fault?.detail ?? []))
    const { rows } = await this.product.database.query<{ tries: string | null }>(
      'select max(tries) as tries from task where media_id = $1',
      [mediaId],
    )
    return { ...report, mediaId, retries: Number(rows[0]?.tries ?? 0) }
  }
}
