import { snapshotByTimeOffset } from '@libs/tasks'
import { runWorker } from '@libs/worker'
runWorker(snapshotByTimeOffset)
