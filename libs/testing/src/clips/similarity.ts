import sharp from 'sharp'

const windowPx = 8
const stepPx = 4
/** (0.01 · 255)² and (0.03 · 255)², as the measure's authors have them. */
const [c1, c2] = [6.5025, 58.5225]

/**
 * How alike two pictures look, 1 for the same: SSIM (Wang et al. 2004) of red, green and blue over windows of 8 px.
 * @throws Error when they differ in size
 */
export async function similarity(first: string | Buffer, second: string | Buffer): Promise<number> {
  const [one, other] = await Promise.all([pixelsOf(first), pixelsOf(second)])
  if (one.info.width !== other.info.width || one.info.height !== other.info.height) {
    throw new Error(`${one.info.width}x${one.info.height} px against ${other.info.width}x${other.info.height}`)
  }
  const { width, height } = one.info
  const scores: number[] = []
  for (let top = 0; top + windowPx <= height; top += stepPx) {
    for (let left = 0; left + windowPx <= width; left += stepPx) {
      for (const channel of [0, 1, 2]) scores.push(ofWindow(one.data, other.data, { width, top, left, channel }))
    }
  }
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}

function pixelsOf(picture: string | Buffer): Promise<{ data: Buffer; info: sharp.OutputInfo }> {
  return sharp(picture).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
}

interface Window {
  readonly width: number
  readonly top: number
  readonly left: number
  readonly channel: number
}

function ofWindow(one: Buffer, other: Buffer, { width, top, left, channel }: Window): number {
  let [sumX, sumY, squaresX, squaresY, products] = [0, 0, 0, 0, 0]
  for (let pixel = 0; pixel < windowPx ** 2; pixel += 1) {
    const place = ((top + Math.floor(pixel / windowPx)) * width + left + (pixel % windowPx)) * 3 + channel
    const [x, y] = [one[place] ?? 0, other[place] ?? 0]
    sumX += x
    sumY += y
    squaresX += x * x
    squaresY += y * y
    products += x * y
  }
  const count = windowPx ** 2
  const [meanX, meanY] = [sumX / count, sumY / count]
  const variances = squaresX / count - meanX ** 2 + squaresY / count - meanY ** 2
  const covariance = products / count - meanX * meanY
  return ((2 * meanX * meanY + c1) * (2 * covariance + c2)) / ((meanX ** 2 + meanY ** 2 + c1) * (variances + c2))
}
