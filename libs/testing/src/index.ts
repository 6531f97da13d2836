export { queueBackends, testRedisUrl } from './services/queue-backends'
export type { QueueBackend } from './services/queue-backends'
export { testDatabase } from './services/test-database'
export type { TestDatabase } from './services/test-database'
