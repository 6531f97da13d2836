import type { WorkerOptions } from 'bullmq'
import type { QueueConnection } from './connect-queue'
import { keyPrefix } from './wire/names'
import type { QueuePolicy } from './policies'

/** A policy in BullMQ's words. Taking starts with `run()`, not with the constructor. */
export function workerOptions(connection: QueueConnection, policy: QueuePolicy): WorkerOptions {
  return {
    connection: connection.worker(),
    prefix: keyPrefix,
    autorun: false,
    concurrency: policy.concurrency,
    lockDuration: policy.lockDurationMs,
    lockRenewTime: policy.lockDurationMs / 2,
    stalledInterval: policy.stalledIntervalMs,
    maxStalledCount: policy.maxStalledCount,
    drainDelay: policy.drainDelayS,
    runRetryDelay: policy.commandRetryMs,
  }
}
