import type { MigrationInterface, QueryRunner } from 'typeorm'

const up = [`alter table task add column frames_done integer, add column frames integer`]

const down = [`alter table task drop column frames_done, drop column frames`]

export class CountFrames1795800000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement)
  }
}
