import { AppError } from '@libs/kernel'

const longestHost = 253
const webPorts = new Set([80, 443])
const firstUnprivilegedPort = 1_024

/** Services above the privileged ports that act on what a plain HTTP request can carry, and the bad ports of Fetch. */
const servicePorts = new Set([
  ...[1_433, 1_521, 1_719, 1_720, 1_723, 2_049, 2_181, 2_375, 2_376, 2_379, 2_380, 3_306, 3_389, 3_659, 4_045, 4_190],
  ...[4_369, 5_060, 5_061, 5_432, 5_671, 5_672, 5_900, 5_984, 6_000, 6_379, 6_443, 6_566, 6_665, 6_666, 6_667, 6_668],
  ...[6_669, 6_679, 6_697, 8_500, 9_042, 9_092, 9_200, 9_300, 10_080, 10_250, 10_255, 11_211, 15_672, 26_379, 27_017],
  ...[50_070, 61_616],
])

function refuse(detail: string): never {
  throw new AppError('url.refused', detail)
}

/**
 * Refuses a URL by its form alone; where it leads is checked when it is connected to.
 * @returns it parsed once, so that every later step sees the same host
 * @param base what a relative URL is relative to; without it only absolute ones are valid
 * @throws AppError `url.refused`
 */
export function parseUrl(url: string, base?: URL): URL {
  if (!URL.canParse(url, base?.href)) refuse('The URL is not valid.')
  const parsed = new URL(url, base)
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') refuse('Only http and https URLs are allowed.')
  if (parsed.username !== '' || parsed.password !== '') refuse('A URL with a user name or password is not allowed.')
  if (parsed.hostname.length > longestHost) refuse("The URL's host name is too long.")
  const port = parsed.port === '' ? 80 : Number(parsed.port)
  if (!webPorts.has(port) && (port < firstUnprivilegedPort || servicePorts.has(port))) {
    refuse(`Port ${port} is not allowed in a URL.`)
  }
  return parsed
}
