import type { MigrationInterface, QueryRunner } from 'typeorm'
import { buildWall, makeTenantRole, takeWallDown, type Wall } from './sub-app-wall'

/** The checks keep what is stored for one sub-application from naming what is another's; foreign keys see all rows. */
const ownMedia = (table: string) => `exists (select from media where media.id = ${table}.media_id)`

const walls: readonly Wall[] = [
  { table: 'access_key', rights: 'select, insert, update, delete' },
  { table: 'template', rights: 'select, insert, update, delete' },
  { table: 'procedure', rights: 'select, insert, update, delete' },
  { table: 'media', rights: 'select, insert, update' },
  { table: 'removal', rights: 'insert', own: ownMedia('removal') },
  { table: 'run', rights: 'select, insert, update (abort_asked_at)', check: ownMedia('run') },
  { table: 'session', rights: 'select, insert, update' },
  { table: 'task', rights: 'select, insert', check: ownMedia('task') },
  { table: 'event', rights: 'select' },
  { table: 'pull_event', rights: 'select, update, delete' },
  { table: 'endpoint', rights: 'select, insert, update' },
  {
    table: 'delivery',
    rights: 'select, update',
    check: 'exists (select from endpoint where endpoint.id = delivery.endpoint_id)',
  },
  { table: 'event_config', rights: 'select, insert, update' },
  { table: 'upload', rights: 'select, insert, update' },
]

const sequence = 'sequence template_definition'

const up = [
  makeTenantRole,
  ...walls.flatMap((wall) => buildWall(wall)),
  `grant usage on ${sequence} to stillflow_tenant`,
]

const down = [
  `revoke all on ${sequence} from stillflow_tenant`,
  ...walls.toReversed().flatMap((wall) => takeWallDown(wall)),
]

export class WallOffSubApps1795760000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement)
  }
}
