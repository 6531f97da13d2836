export { openRedis, type RedisConnection, type RedisPatience } from './open-redis'
export { isClusterUrl, redisUrl } from './redis-url'
