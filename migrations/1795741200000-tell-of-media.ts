import type { MigrationInterface, QueryRunner } from 'typeorm'

const switches = ['tells_uploads', 'tells_deletions', 'tells_persistence']
const keys = ['sign_key', 'secret']

const up = [
  `alter table run add column next_run_id text`,
  `alter table event drop constraint event_run_fk`,
  `alter table event rename column run_id to subject_id`,
  `alter table event add column dialect text`,
  `update event set dialect = coalesce((select dialect from run where run.id = subject_id), '')`,
  `alter table event alter column dialect set not null`,
  ...switches.map((name) => `alter table event_config add column ${name} boolean not null default false`),
  ...keys.map((name) => `alter table event_config add column ${name} text not null default ''`),
  ...[...switches, ...keys].map((name) => `alter table event_config alter column ${name} drop default`),
]

/** Events about media have no place in the old table, nor have the ways that they go. */
const ofMedia = `select event.id from event where not exists (select from run where run.id = subject_id)`

const down = [
  ...[...switches, ...keys].map((name) => `alter table event_config drop column ${name}`),
  `delete from delivery where event_id in (${ofMedia})`,
  `delete from pull_event where event_id in (${ofMedia})`,
  `delete from event where id in (${ofMedia})`,
  `alter table event drop column dialect`,
  `alter table event rename column subject_id to run_id`,
  `alter table event add constraint event_run_fk foreign key (run_id) references run`,
  `alter table run drop column next_run_id`,
]

export class TellOfMedia1795741200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement)
  }
}
