export { databaseEnv } from './data-source'
export { migrateDatabase } from './migrate-database'
export { PersistenceModule } from './persistence.module'
