import { stopServices } from './started-services'

export default stopServices
