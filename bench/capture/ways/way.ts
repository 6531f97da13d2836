import type { MediaTools } from '@libs/media'
import { readdir } from 'node:fs/promises'
import type { InputFacts } from '../inputs/input-facts'

/** Which frame a way's picture for t shows; `next` is the first at or after t, which differs when t is between two. */
export type Shows = 'on screen' | 'next' | 'keyframe' | 'another'

/** A way to get pictures: ours, one with plain ffmpeg commands, or as another program does it. */
export interface Way {
  readonly name: string
  readonly of: 'ours' | 'plain' | 'peer'
  readonly shows: Shows
  /** About how many frames it decodes, for leaving out what would take too long. */
  readonly decodes: number
  /** @param folder empty, for what it makes @returns how many files it made */
  run(folder: string): Promise<number>
}

/** What every way is told about the film, so that none has to find it out. */
export interface Shoot {
  readonly tools: MediaTools
  readonly facts: InputFacts
  readonly atS: readonly number[]
}

export const quiet = ['-hide_banner', '-nostdin', '-v', 'error', '-y']
export const jpeg = ['-c:v', 'mjpeg', '-q:v', '3']

/** What a reader of thumbnails, who knows the file, spares ffmpeg. */
export const lean = ['-threads', '1', '-nofind_stream_info']

/** A way whose commands write into a folder. */
export function way(facts: Omit<Way, 'run'>, work: (folder: string) => Promise<unknown>): Way {
  return {
    ...facts,
    run: async (folder) => {
      await work(folder)
      return (await readdir(folder)).length
    },
  }
}
