import type { MigrationInterface, QueryRunner } from 'typeorm'

export class AnnounceUploads1795755600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table upload (
      token text not null constraint upload_pk primary key,
      sub_app_id integer not null,
      media jsonb not null,
      cover_key text,
      procedure jsonb,
      dialect text not null,
      created_at timestamptz not null,
      deadline timestamptz not null,
      committed_as text
    )`)
    await runner.query('create index upload_deadline on upload (deadline)')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table upload')
  }
}
