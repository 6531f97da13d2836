import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Null is everything, which all keys are for that were there before. */
export class SayWhatKeysAreFor1795800000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table access_key add column scopes text[]')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table access_key drop column scopes')
  }
}
