import { callbackChaos } from './cases/callback-faults'
import { clockSkew, loopBlock } from './cases/loop-and-clock'
import { mixedSoak } from './cases/mixed-soak'
import { conductorPartition, slowPostgres, workerPartition } from './cases/network-faults'
import { postgresStop } from './cases/postgres-faults'
import { apiKill, delivererKill, workerFreeze, workerKill } from './cases/process-faults'
import { abortStorm, lastTwoRace, sessionRace } from './cases/races'
import { redisEvicts, redisFlush, redisFreeze, redisFull, redisStop } from './cases/redis-faults'
import { rollingRestart } from './cases/rolling-restart'
import type { FaultCase } from './fault-case'

/** Every case of the suite, in the order of their numbers. */
export const faultCases: readonly FaultCase[] = [
  workerKill,
  workerFreeze,
  loopBlock,
  apiKill,
  redisStop,
  redisFlush,
  redisFreeze,
  redisFull,
  redisEvicts,
  postgresStop,
  slowPostgres,
  callbackChaos,
  delivererKill,
  clockSkew,
  workerPartition,
  conductorPartition,
  rollingRestart,
  sessionRace,
  lastTwoRace,
  abortStorm,
  mixedSoak,
]

/** What runs with every check: the seeds of many cases in a few minutes. */
export const quickSelection: readonly {
  readonly id: string
  readonly backend: 'redis' | 'postgres'
  readonly runs: number
}[] = [
  { id: 'F01', backend: 'redis', runs: 40 },
  { id: 'F04', backend: 'postgres', runs: 40 },
  { id: 'F06', backend: 'redis', runs: 40 },
  { id: 'F10', backend: 'postgres', runs: 40 },
]
