import type { DataSource } from 'typeorm'

/** Whether the database can be worked with: it takes a write, and its schema is not behind this code. */
export class DatabaseProbe {
  /** @param migrationNames those that this code relies on */
  constructor(
    private readonly dataSource: DataSource,
    private readonly migrationNames: readonly string[],
  ) {}

  /** @returns what is wrong, in sentences. @throws when there is no answer */
  async look(): Promise<readonly string[]> {
    const [missing, write] = await Promise.all([this.missingMigrations(), this.write()])
    const schema = `its schema is ${missing} changes behind; run the migrations`
    return [...(missing > 0 ? [schema] : []), ...write]
  }

  /** A newer schema is fine: a release migrates before its processes are replaced. */
  private async missingMigrations(): Promise<number> {
    const [row] = await this.dataSource.query<{ missing: string }[]>(
      'select count(*) as missing from unnest($1::text[]) as expected where expected not in (select name from schema_migration)',
      [this.migrationNames],
    )
    return Number(row?.missing ?? 0)
  }

  /** A standby, a database that was made read-only and a full disk all answer reads. */
  private async write(): Promise<readonly string[]> {
    try {
      await this.dataSource.query(
        `insert into readiness_probe (probed_at) values (now())
         on conflict (only_row) do update set probed_at = excluded.probed_at`,
      )
      return []
    } catch {
      return ['it takes no writes']
    }
  }
}
