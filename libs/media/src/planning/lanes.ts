import { usableCores } from '@libs/kernel'

/** More than this many decoders of one task leave the machine to nobody else. */
const mostLanes = 8

/** Processes at a time for one task, as many as it may use cores: two decoders of one thread beat one with two. */
export const lanesOfProcess = Math.min(mostLanes, usableCores)
