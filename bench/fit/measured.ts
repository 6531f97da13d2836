/** Median milliseconds of ffmpeg with some arguments. */
export type Measured = (what: 'wallS' | 'cpuS', ...args: readonly string[]) => Promise<number>
