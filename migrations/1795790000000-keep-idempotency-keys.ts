import type { MigrationInterface, QueryRunner } from 'typeorm'
import { buildWall } from './sub-app-wall'

const up = [
  `create table idempotency_key (
    sub_app_id integer not null,
    secret_id text not null,
    key text not null,
    digest text not null,
    answer jsonb,
    created_at timestamptz not null,
    constraint idempotency_key_pk primary key (sub_app_id, secret_id, key)
  )`,
  `create index idempotency_key_age on idempotency_key (created_at)`,
  ...buildWall({ table: 'idempotency_key', rights: 'select, insert, update' }),
]

export class KeepIdempotencyKeys1795790000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table idempotency_key')
  }
}
