export { mountForAdmins } from './access/mount-for-admins'
export { mountRest } from './mount-rest'
export { RestModule } from './rest.module'
