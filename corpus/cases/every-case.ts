import type { CorpusCase } from '../case'
import { addresses } from './addresses'
import { colours } from './colours'
import { containers } from './containers'
import { entering } from './entering'
import { formats } from './formats'
import { images } from './images'
import { limits } from './limits'
import { origins } from './origins'
import { playlists } from './playlists'
import { scale } from './scale'
import { shapes } from './shapes'
import { streams } from './streams'
import { times } from './times'

/** The 108 bad inputs, in their order. */
export const everyCase: readonly CorpusCase[] = [
  ...containers,
  ...streams,
  ...times,
  ...shapes,
  ...colours,
  ...formats,
  ...playlists,
  ...entering,
  ...images,
  ...scale,
  ...limits,
  ...origins,
  ...addresses,
].sort((a, b) => a.number - b.number)
