import { checkMediaTools, missingAbilities, openMediaTools } from '@libs/media'
import type { DoctorSettings } from '../doctor-env'
import type { Examination } from '../finding'

/** Which ffmpeg there is, what it can do, and what strangers' files are held in. */
export function examineMediaTools(settings: DoctorSettings): Examination {
  return {
    about: 'ffmpeg',
    advice: 'install ffmpeg (apt-get install ffmpeg), or set FFMPEG_PATH and FFPROBE_PATH',
    async look() {
      const tools = openMediaTools(settings)
      const { ffmpegVersion, ffprobeVersion, sandbox, limits, warnings } = await checkMediaTools(tools)
      const missing = await missingAbilities(tools)
      const well = (text: string) => ({ verdict: 'well', text }) as const
      const look = (text: string, advice: string) => ({ verdict: 'look', text, advice }) as const
      return [
        well(`ffmpeg ${ffmpegVersion} at ${tools.ffmpegPath}, ffprobe ${ffprobeVersion} at ${tools.ffprobePath}`),
        ...warnings.map((warning) => look(warning, 'see docs/supply-chain.md')),
        sandbox === 'bwrap'
          ? well(`files are opened in a sandbox of bubblewrap, within limits of ${limits}`)
          : look(`files are opened without a sandbox (${sandbox})`, 'install bubblewrap; see docs/media-safety.md'),
        ...missing.needed.map(
          (what) =>
            ({ verdict: 'broken', text: `it lacks ${what}`, advice: 'install a full build of ffmpeg' }) as const,
        ),
        missing.formats.length === 0
          ? well('it reads every format that is taken')
          : look(
              `it cannot read ${missing.formats.join(', ')}: such videos are refused`,
              'install a full build of ffmpeg',
            ),
      ]
    },
  }
}
