export { CallbackSender } from './callback-sender'
export { egressEnv } from './egress.env'
export type { EgressSettings } from './egress.env'
export { GuardedFetcher } from './guarded-fetcher'
