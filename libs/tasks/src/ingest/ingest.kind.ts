import type { ExecutionContext, Performable, TaskInput } from '../kind'
import type { IngestRequest, IngestSettings } from './ingest.input'
import { ingestRequest, ingestSettings } from './ingest.input'
import type { IngestOutput } from './ingest.output'
import { ingestOutput } from './ingest.output'

async function perform(
  { request }: TaskInput<IngestSettings, IngestRequest>,
  { subject, place, tools }: ExecutionContext,
  signal: AbortSignal,
): Promise<IngestOutput> {
  if (request.url !== undefined) {
    await tools.sources.put(subject.sourceKey, await tools.fetcher.open(request.url, signal))
  }
  const source = await tools.sources.open(subject.sourceKey, place.workspace, signal)
  return { media: await tools.prober.probe(await source.localPath(signal), signal) }
}

/** Makes a source ready for the picture kinds: fetches it when it is a URL, and probes it once for all of them. */
export const ingest: Performable<'ingest', IngestSettings, IngestRequest, IngestOutput> = {
  name: 'ingest',
  settings: ingestSettings,
  request: ingestRequest,
  output: ingestOutput,
  perform,
}
