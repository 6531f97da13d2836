export type {
  Action,
  ActionScope,
  Caller,
  Dialect,
  Exchange,
  Gate,
  RawRequest,
  RawResponse,
  RequestHead,
  UseCaseFinder,
} from './dialect'
export { DialectEventRenderer } from './dialect-event-renderer'
export { dialects } from './dialects'
export { DialectsModule } from './dialects.module'
export { mountDialects } from './mount-dialects'
export { unreadHeadMembers } from './unread-head'
export { supportOf } from './parameters/parameter-support'
