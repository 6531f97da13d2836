/** Light of red, green and blue. */
export type Rgb = readonly [red: number, green: number, blue: number]

type Matrix = readonly [Rgb, Rgb, Rgb]

/** Primaries wider than those of BT.709, under ffmpeg's names, with what turns their light into BT.709's (white is D65 in all). */
const toBt709 = {
  /** ITU-R BT.2087. */
  bt2020: [
    [1.660491, -0.587641, -0.07285],
    [-0.12455, 1.1329, -0.008349],
    [-0.018151, -0.100579, 1.11873],
  ],
  /** P3 with the white of D65. */
  smpte432: [
    [1.22494, -0.22494, 0],
    [-0.042057, 1.042057, 0],
    [-0.019638, -0.078636, 1.098274],
  ],
} satisfies Record<string, Matrix>

export type WidePrimaries = keyof typeof toBt709

export function isWide(primaries: string): primaries is WidePrimaries {
  return primaries in toBt709
}

/**
 * The nearest colour of BT.709 with the same hue and luminance: one that it does not hold loses just the saturation that
 * it must, instead of a channel's end being cut off.
 */
export function narrow(light: Rgb, primaries: WidePrimaries): Rgb {
  const matrix = toBt709[primaries]
  const wide = matrix.map(([red, green, blue]) => red * light[0] + green * light[1] + blue * light[2])
  const [red = 0, green = 0, blue = 0] = wide
  const grey = Math.min(1, Math.max(0, 0.2126 * red + 0.7152 * green + 0.0722 * blue))
  const kept = Math.min(1, ...wide.map((channel) => shareKept(channel, grey)))
  return [grey + kept * (red - grey), grey + kept * (green - grey), grey + kept * (blue - grey)]
}

/** How much of the way from grey to a channel stays within 0 to 1. */
function shareKept(channel: number, grey: number): number {
  if (channel > 1) return (1 - grey) / (channel - grey)
  return channel < 0 ? grey / (grey - channel) : 1
}
