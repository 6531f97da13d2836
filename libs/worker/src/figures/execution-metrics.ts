import type { KindName } from '@libs/tasks'
import { Histogram } from 'prom-client'

const took = new Histogram({
  name: 'stillflow_task_seconds',
  help: 'Wall time of executions of tasks, by how they ended.',
  labelNames: ['kind', 'outcome'],
  buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600],
})
const waited = new Histogram({
  name: 'stillflow_task_queue_seconds',
  help: 'From a task being sent to the queue until a worker begins it.',
  labelNames: ['kind'],
  buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3_600],
})

/** @param waitedMs by the clocks of two machines, so it may be less than nothing */
export function countStart(kind: KindName, waitedMs: number): void {
  waited.observe({ kind }, Math.max(0, waitedMs) / 1_000)
}

export function countEnd(kind: KindName, outcome: 'succeeded' | 'failed' | 'givenBack', tookMs: number): void {
  took.observe({ kind, outcome }, tookMs / 1_000)
}
