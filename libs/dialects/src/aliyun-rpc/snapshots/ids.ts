import { AppError, type MediaId, parseMediaId, parseRunId, type RunId } from '@libs/kernel'

/** @throws AppError `run.notFound` */
export function decodeJobId(text: string): RunId {
  const runId = parseRunId(text)
  if (runId !== undefined) return runId
  throw new AppError('run.notFound', `The specified resource ${text} does not exist.`, { field: 'JobId' })
}

/** @throws AppError `media.notFound` */
export function decodeMediaId(text: string, field = 'VideoId'): MediaId {
  const mediaId = parseMediaId(text)
  if (mediaId !== undefined) return mediaId
  throw new AppError('media.notFound', `There is no video "${text}".`, { field })
}
