import type { MigrationInterface, QueryRunner } from 'typeorm'
import { buildWall } from './sub-app-wall'

const up = [
  `create table webhook (
    id text not null,
    sub_app_id integer not null,
    url text not null,
    types text[] not null,
    comment text not null,
    secret text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint webhook_pk primary key (id),
    constraint webhook_of_url unique (sub_app_id, url)
  )`,
  ...buildWall({ table: 'webhook', rights: 'select, insert, update, delete' }),
  `alter table delivery add column webhook_id text`,
  `alter table delivery add constraint delivery_webhook_fk
    foreign key (webhook_id) references webhook (id) on delete cascade`,
  `create index delivery_of_webhook on delivery (webhook_id) where webhook_id is not null`,
]

const down = [
  `delete from delivery where webhook_id is not null`,
  `alter table delivery drop column webhook_id`,
  `drop table webhook`,
]

export class TellSeveralWebhooks1795790000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement)
  }
}
