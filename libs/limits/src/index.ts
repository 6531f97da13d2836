export { limitsEnv } from './limits.env'
export { LimitsModule } from './limits.module'
