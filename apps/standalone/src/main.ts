import { stayUp } from './stay-up'

void stayUp()
