export { databaseEnv } from './data-source'
export { DatabaseProbe } from './database-probe'
export { migrateDatabase } from './migrate-database'
export { PersistenceModule } from './persistence.module'
