import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { testMediaTools } from '@libs/testing'

/** What is put at the end of a file for the stub to find. */
export function asksFor(what: 'spin' | 'crash'): string {
  return `--${what}-please`
}

/** Writes a program that does what a file asks of a decoder, and is ffmpeg for all others. @returns its path */
export async function writeStubFfmpeg(folder: string): Promise<string> {
  const path = join(folder, 'ffmpeg')
  const lines = [
    '#!/bin/sh',
    'for word; do',
    '  if [ "$before" = -i ]; then input=${word#file:}; fi',
    '  before=$word',
    'done',
    'if [ -f "$input" ]; then',
    '  case "$(tail -c 16 "$input" | tr -d "\\0")" in',
    '    *--spin-please) while :; do :; done ;;',
    '    *--crash-please) kill -SEGV $$ ;;',
    '  esac',
    'fi',
    `exec '${testMediaTools().ffmpegPath}' "$@"`,
    '',
  ]
  await writeFile(path, lines.join('\n'), { mode: 0o755 })
  return path
}
