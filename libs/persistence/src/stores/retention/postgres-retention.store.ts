import { type FileOwner, type KeptPart, RetentionStore, type SweepLot, type SweepPage } from '@libs/workflow'
import type { DataSource, EntityManager } from 'typeorm'
import { abandoned } from './abandoned-statements'
import { beginPass, discardDue, dueParts, lockDue, lookAtDue, pageOf } from './due-statements'

const daysOf: Readonly<Record<KeptPart, (page: SweepPage) => readonly (number | undefined)[]>> = {
  results: ({ rules }) => [rules.resultsDays, rules.replacedDays],
  sources: ({ rules }) => [rules.sourcesDays],
  events: ({ rules }) => [rules.eventsDays],
  media: ({ rules }) => [rules.runsDays],
  runs: ({ rules }) => [rules.runsDays],
}

export class PostgresRetentionStore extends RetentionStore {
  constructor(private readonly dataSource: DataSource) {
    super()
  }

  override async look(part: KeptPart, page: SweepPage): Promise<SweepLot> {
    return this.lot(part, page, (ids) => {
      return figuresOf(this.dataSource.manager, lookAtDue(dueParts[part]), [ids, page.at, ...daysOf[part](page)])
    })
  }

  override async discard(part: KeptPart, page: SweepPage): Promise<SweepLot> {
    const due = dueParts[part]
    const rest = [page.at, ...daysOf[part](page)]
    return this.lot(part, page, (ids) =>
      this.dataSource.transaction(async (manager) => {
        const locked = idsOf(await manager.query(lockDue(due), [ids, ...rest]))
        if (locked.length === 0) return { rows: 0, bytes: 0 }
        if (due.lockAlso !== undefined) await manager.query(due.lockAlso, [locked])
        return figuresOf(manager, discardDue(due), [locked, ...rest])
      }),
    )
  }

  override async abandoned(owners: readonly FileOwner[]): Promise<readonly FileOwner[]> {
    const found = new Set<string>()
    for (const [kind, statement] of Object.entries(abandoned)) {
      const asked = owners.filter((owner) => owner.kind === kind)
      if (asked.length === 0) continue
      const values = [asked.map(({ folder }) => folder), asked.map(({ id }) => id)]
      const rows = await this.dataSource.query<{ folder: string }[]>(statement, values)
      for (const { folder } of rows) found.add(folder)
    }
    return owners.filter(({ folder }) => found.has(folder))
  }

  override async beginPass(at: Date, since: Date): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(beginPass, [at, since])
    return rows.length === 1
  }

  /** @param sweep what is to be done with the rows of the page */
  private async lot(
    part: KeptPart,
    { after, limit }: SweepPage,
    sweep: (ids: readonly string[]) => Promise<Figures>,
  ): Promise<SweepLot> {
    const ids = idsOf(await this.dataSource.query(pageOf(dueParts[part]), [after, limit]))
    const figures = ids.length === 0 ? { rows: 0, bytes: 0 } : await sweep(ids)
    return { ...figures, next: ids.length === limit ? ids.at(-1) : undefined }
  }
}

type Figures = Pick<SweepLot, 'rows' | 'bytes'>

function idsOf(rows: readonly { readonly id: string }[]): readonly string[] {
  return rows.map(({ id }) => id)
}

async function figuresOf(manager: EntityManager, statement: string, values: unknown[]): Promise<Figures> {
  const [row] = await manager.query<{ rows: number; bytes: string }[]>(statement, values)
  return { rows: row?.rows ?? 0, bytes: Number(row?.bytes ?? 0) }
}
