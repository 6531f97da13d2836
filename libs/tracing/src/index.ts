export { openTracing } from './open-tracing'
export { tracingEnv } from './tracing.env'
