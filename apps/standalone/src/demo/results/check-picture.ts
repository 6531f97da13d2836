import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'
import { DemoFailure } from '../demo-failure'

const probed = z.object({
  streams: z.tuple([z.object({ width: z.number(), height: z.number(), nb_read_frames: z.string() })]),
})

export interface PictureSize {
  readonly widthPx: number
  readonly heightPx: number
}

/**
 * Decodes a picture with ffprobe.
 * @returns its size
 * @throws DemoFailure `badFile` when it does not decode as exactly one picture, without complaints
 */
export async function decodePicture(ffprobePath: string, file: string): Promise<PictureSize> {
  const options = ['-v', 'error', '-count_frames', '-show_entries', 'stream=width,height,nb_read_frames', '-of', 'json']
  try {
    const { stdout, stderr } = await promisify(execFile)(ffprobePath, [...options, file])
    const [stream] = probed.parse(JSON.parse(stdout)).streams
    if (stderr.trim() !== '' || stream.nb_read_frames !== '1') throw new Error(stderr)
    return { widthPx: stream.width, heightPx: stream.height }
  } catch (cause) {
    throw new DemoFailure('badFile', `${file} is not a whole picture: ${cause instanceof Error ? cause.message : ''}`)
  }
}
