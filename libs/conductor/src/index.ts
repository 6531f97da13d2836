export { conductorMetrics } from './conductor-metrics'
export { ConductorModule } from './conductor.module'
export { QueueRoad } from './queue-road'
