/** The least point release of each branch of FFmpeg without the flaws that are known ("FFmpeg Security"). */
const floors: Readonly<Record<string, number>> = { '5.1': 10, '6.1': 6, '7.1': 5, '8.1': 3, '9.0': 2 }
const latestMajor = 9

/**
 * Whether a release of FFmpeg is too old to be given strangers' files.
 * @param version as `-version` tells it, such as `7.1.5` or `5.1.9-0+deb12u1`; builds from a repository are not judged
 * @returns advice for the operator, or undefined when all is well
 */
export function adviceOn(name: 'ffmpeg' | 'ffprobe', version: string): string | undefined {
  const [, major = '', minor = '', point = '0'] = /^n?(\d+)\.(\d+)(?:\.(\d+))?(?![\d.])/.exec(version) ?? []
  if (major === '' || Number(major) > latestMajor) return undefined
  const floor = floors[`${major}.${minor}`]
  if (floor !== undefined && Number(point) >= floor) return undefined
  if (floor === undefined && Number(major) === latestMajor) return undefined
  const known = Object.entries(floors).map(([branch, least]) => `${branch}.${least}`)
  return `${name} ${version} is older than the fixes for known flaws: use ${known.join(', ')} or newer.`
}
