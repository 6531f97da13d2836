import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { h264, makeLumaClock, testMediaTools, type LumaClock } from '@libs/testing'

const run = promisify(execFile)

/** Runs ffmpeg on inputs of the corpus's own; paths and options as separate tokens. */
export async function ffmpeg(...args: readonly string[]): Promise<void> {
  await run(testMediaTools().ffmpegPath, ['-v', 'error', '-nostdin', '-y', ...args], { maxBuffer: 1 << 24 })
}

/** Tokens for a picture that is never flat. */
export function testPicture(size: string, seconds: number, rate = 10): readonly string[] {
  return ['-f', 'lavfi', '-i', `testsrc2=s=${size}:d=${seconds}:r=${rate}`]
}

/** Quick H.264. */
export const quickH264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'] as const

/** A clip of four seconds whose frames tell their time, changed on the way to the disk. */
export function clock(change?: (bytes: Buffer) => Buffer, options: Partial<Omit<LumaClock, 'path'>> = {}) {
  return async (path: string): Promise<void> => {
    await makeLumaClock({ path, seconds: 4, encoding: h264({ gopFrames: 25 }), ...options })
    if (change !== undefined) await writeFile(path, change(await readFile(path)))
  }
}

/** Tokens for H.264 whose index comes first. */
export const faststart = [...h264({ gopFrames: 25 }), '-movflags', '+faststart'] as const

/** A clock in another coding or container. */
export function clockIn(encoding: readonly string[], options: Partial<Omit<LumaClock, 'path'>> = {}) {
  return clock(undefined, { encoding, ...options })
}

/** A file of these bytes. */
export function bytes(content: string | Buffer | (() => Buffer)) {
  return (path: string): Promise<void> => writeFile(path, typeof content === 'function' ? content() : content)
}

/** A file that ffmpeg makes with these tokens before its path. */
export function made(...args: readonly string[]) {
  return (path: string): Promise<void> => ffmpeg(...args, path)
}

/** A file made of another, which is written beside it. @param extension of the other */
export function remade(
  make: (path: string) => Promise<unknown>,
  extension: string,
  change: (from: string, to: string) => Promise<unknown>,
) {
  return async (path: string): Promise<void> => {
    const from = `${path}.before.${extension}`
    await make(from)
    await change(from, path)
  }
}
