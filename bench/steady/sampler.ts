import { Redis } from 'ioredis'
import { Client } from 'pg'
import { memoryOfDescendants } from '../flow/memory-at-rest'

export interface Sample {
  readonly runs: number
  /** By app, in MB with shared pages divided. */
  readonly appsMb: Readonly<Record<string, number>>
  readonly redisBytes: number | undefined
  readonly databaseBytes: number
}

/** Looks from outside at what the product holds. */
export class Sampler {
  private readonly redis: Redis | undefined
  private readonly client: Client
  private connecting: Promise<unknown> | undefined

  constructor(databaseUrl: string, redisUrl: string | undefined) {
    this.client = new Client({ connectionString: databaseUrl })
    this.redis = redisUrl === undefined ? undefined : new Redis(redisUrl)
  }

  async take(runs: number): Promise<Sample> {
    await (this.connecting ??= this.client.connect())
    const { rows } = await this.client.query<{ size: string }>('select pg_database_size(current_database()) as size')
    const memory = await this.redis?.info('memory')
    const used = /^used_memory:(\d+)/m.exec(memory ?? '')?.[1]
    const apps = memoryOfDescendants().filter(({ name }) => /^(api|conductor|worker-)/.test(name))
    return {
      runs,
      appsMb: Object.fromEntries(apps.map(({ name, proportionalMb }) => [name, proportionalMb])),
      redisBytes: used === undefined ? undefined : Number(used),
      databaseBytes: Number(rows[0]?.size),
    }
  }

  async close(): Promise<void> {
    this.redis?.disconnect()
    await this.client.end()
  }
}
