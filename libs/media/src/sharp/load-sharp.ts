import type sharp from 'sharp'

/** A picture of ours has at most 8192 x 8192 px, and is decoded; a sheet has at most 15,000 px a side, and is not. */
const mostPicturePixels = 8192 * 8192
export const mostSheetPixels = 15_000 * 15_000
const inputOptions = { limitInputPixels: mostPicturePixels, failOn: 'error', sequentialRead: true } as const

/** The largest picture takes 8 s of a free core, with AVIF; this ends what has lost its way, not what is slow. */
export const workTime = { seconds: 300 }

/**
 * All that is read: strangers' watermarks, which come as bytes, and our own pictures, which are files. Every other reader that
 * libvips has or gets one day (SVG, TIFF, PDF, ImageMagick's) is shut, whatever a file begins with.
 */
const readers = [...['JpegBuffer', 'PngBuffer', 'NsgifBuffer'], ...['JpegFile', 'PngFile', 'WebpFile', 'HeifFile']]

let loading: Promise<typeof sharp> | undefined

/** sharp, loaded and set up on first use: an idle worker does not carry it. */
export function loadSharp(): Promise<typeof sharp> {
  loading ??= import('sharp').then(({ default: loaded }) => {
    // Every picture is seen once, so a cache only holds memory; tasks in parallel are the worker's business, not libvips'.
    loaded.cache(false)
    loaded.concurrency(1)
    loaded.block({ operation: ['VipsForeignLoad'] })
    loaded.unblock({ operation: readers.map((reader) => `VipsForeignLoad${reader}`) })
    return loaded
  })
  return loading
}

/** Opens one of our own pictures. */
export async function openPicture(path: string, limitInputPixels = mostPicturePixels): Promise<sharp.Sharp> {
  const load = await loadSharp()
  return load(path, { ...inputOptions, limitInputPixels }).timeout(workTime)
}
