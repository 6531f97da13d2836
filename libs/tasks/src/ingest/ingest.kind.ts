import type { ExecutionContext, Performable, TaskInput } from '../kind'
import { toAppError } from '@libs/kernel'
import type { IngestCover, IngestRequest, IngestSettings } from './ingest.input'
import { ingestRequest, ingestSettings } from './ingest.input'
import type { IngestOutput } from './ingest.output'
import { ingestOutput } from './ingest.output'

const mostCoverBytes = 10 * 1024 * 1024

async function perform(
  { request }: TaskInput<IngestSettings, IngestRequest>,
  { subject, place, tools }: ExecutionContext,
  signal: AbortSignal,
): Promise<IngestOutput> {
  if (request.url !== undefined) await bring(request.url, subject.sourceKey, tools, signal)
  const source = await tools.sources.open(subject.sourceKey, place.workspace, signal)
  const media = await tools.prober.probe(await source.localPath(signal), signal)
  const hasCover = request.cover !== undefined && (await fetchCover(request.cover, tools, signal))
  return { media, ...(hasCover && { coverKey: request.cover?.key }) }
}

async function bring(
  url: string,
  key: string,
  { fetcher, sources }: ExecutionContext['tools'],
  signal: AbortSignal,
): Promise<void> {
  if (await sources.copy(key, url, { maxBytes: fetcher.maxBytes }, signal)) return
  await sources.put(key, await fetcher.open(url, signal))
}

/** A cover that cannot be had is no fault of its media: it does without. */
async function fetchCover(
  { url, key }: IngestCover,
  { fetcher, sources }: ExecutionContext['tools'],
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await sources.put(key, await fetcher.open(url, signal), { maxBytes: mostCoverBytes })
    return true
  } catch (thrown) {
    if (signal.aborted || toAppError(thrown).blame === 'us') throw thrown
    return false
  }
}

/** Makes a source ready for the picture kinds: fetches it when it is a URL, and probes it once for all of them. */
export const ingest: Performable<'ingest', IngestSettings, IngestRequest, IngestOutput> = {
  name: 'ingest',
  settings: ingestSettings,
  request: ingestRequest,
  output: ingestOutput,
  perform,
}
