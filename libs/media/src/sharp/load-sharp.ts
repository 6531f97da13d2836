import type sharp from 'sharp'

/** A sheet has at most 15,000 px a side. */
export const maxInputPixels = 15_000 * 15_000
export const inputOptions = { limitInputPixels: maxInputPixels, failOn: 'error', sequentialRead: true } as const

let loading: Promise<typeof sharp> | undefined

/** sharp, loaded and set up on first use: an idle worker does not carry it. */
export function loadSharp(): Promise<typeof sharp> {
  loading ??= import('sharp').then(({ default: loaded }) => {
    // Every picture is seen once, so a cache only holds memory; tasks in parallel are the worker's business, not libvips'.
    loaded.cache(false)
    loaded.concurrency(1)
    return loaded
  })
  return loading
}
