export { rateLimitEnv } from './limits.env'
export { LimitsModule } from './limits.module'
