import { coverBySnapshot } from '@libs/tasks'
import { runWorker } from '@libs/worker'
runWorker(coverBySnapshot)
