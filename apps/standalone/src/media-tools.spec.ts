import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findMediaTools } from './media-tools'

describe('findMediaTools', () => {
  it('takes what is set, then what is on PATH, then what came from npm', () => {
    const folder = mkdtempSync(join(tmpdir(), 'media-tools-'))
    writeFileSync(join(folder, 'ffmpeg'), '', { mode: 0o755 })
    writeFileSync(join(folder, 'ffprobe'), '', { mode: 0o644 })
    try {
      const { ffmpegPath, ffprobePath } = findMediaTools({ PATH: `/nowhere:${folder}` })
      expect(ffmpegPath).toBe(join(folder, 'ffmpeg'))
      expect(ffprobePath).toContain('@ffprobe-installer')
      expect(() => accessSync(ffprobePath, constants.X_OK)).not.toThrow()
      expect(findMediaTools({ PATH: folder, FFMPEG_PATH: '/opt/ffmpeg' }).ffmpegPath).toBe('/opt/ffmpeg')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
