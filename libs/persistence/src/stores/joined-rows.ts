import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm'

/** A raw row of columns named `<alias>_<column>`. */
export type JoinedRow = Readonly<Record<string, unknown>>

/** The columns of an entity under an alias, for the select list of a written statement. */
export function columnsOf(manager: EntityManager, entity: EntityTarget<ObjectLiteral>, alias: string): string {
  const { columns } = manager.dataSource.getMetadata(entity)
  return columns.map(({ databaseName }) => `${alias}.${databaseName} as ${alias}_${databaseName}`).join(', ')
}

/** The entity that a row holds under an alias: for statements that the query builder has no words for. */
export function entityOf<Entity extends ObjectLiteral>(
  manager: EntityManager,
  entity: new () => Entity,
  alias: string,
  row: JoinedRow,
): Entity {
  const { columns } = manager.dataSource.getMetadata(entity)
  const found = new entity()
  for (const column of columns) column.setEntityValue(found, row[`${alias}_${column.databaseName}`])
  return found
}
