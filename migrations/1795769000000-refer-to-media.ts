import type { MigrationInterface, QueryRunner } from 'typeorm'

export class ReferToMedia1795769000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table media add column reference text')
    await runner.query(
      'create unique index media_by_reference on media (sub_app_id, reference) where (deleted_at is null)',
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table media drop column reference')
  }
}
