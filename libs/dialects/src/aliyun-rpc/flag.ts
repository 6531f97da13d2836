import { z } from 'zod'
import { text } from '../parameters/fields'

/** True or false, as JSON has it or as text. */
export const flag = z.preprocess((value) => {
  const given = text(value)
  return given === 'true' ? true : given === 'false' ? false : given
}, z.boolean())
