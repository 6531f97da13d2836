import type { MediaTools } from '@libs/media'
import type { Engine } from './engine'

/** What the rows are measured with. */
export interface Setting {
  readonly tools: MediaTools
  readonly engine: Engine
  readonly rounds: number
  readonly limitS: number
  /** Where inputs are kept from one bench to the next. */
  readonly folder: string
  /** Where pictures are made; removed in the end. */
  readonly scratch: string
}
