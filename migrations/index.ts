import { CreateSchema1795219200000 } from './1795219200000-create-schema'

/** Every change of the schema, oldest first. A merged one is never edited. */
export const migrations = [CreateSchema1795219200000]
