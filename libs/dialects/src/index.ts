export type {
  Action,
  ActionScope,
  Caller,
  Dialect,
  DialectName,
  Exchange,
  Gate,
  RawRequest,
  RawResponse,
  RequestHead,
  UseCaseFinder,
} from './dialect'
export { DialectEventRenderer } from './dialect-event-renderer'
export { DialectsModule } from './dialects.module'
export { mountDialects } from './mount-dialects'
