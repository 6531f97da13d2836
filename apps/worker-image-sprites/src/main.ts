import { imageSprites } from '@libs/tasks'
import { runWorker } from '@libs/worker'
runWorker(imageSprites)
