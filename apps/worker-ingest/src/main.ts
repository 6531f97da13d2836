import { ingest } from '@libs/tasks'
import { runWorker } from '@libs/worker'
runWorker(ingest)
