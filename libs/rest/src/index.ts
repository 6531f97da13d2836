export { mountRest } from './mount-rest'
export { RestModule } from './rest.module'
