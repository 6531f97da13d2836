export { runWorker } from './run-worker'
