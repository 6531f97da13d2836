import { sampleSnapshot } from '@libs/tasks'
import { runWorker } from '@libs/worker'
runWorker(sampleSnapshot)
