import { traced } from '@libs/kernel'
import {
  type Artifact,
  ArtifactStore,
  type MediaInfo,
  MediaProber,
  type SourceFile,
  type SourceLimits,
  SourceStore,
  type StoredSource,
  type Tools,
} from '@libs/tasks'
import type { Readable } from 'node:stream'

/** Tools whose probing and storing is seen in the task's trace; the runs of ffmpeg and ffprobe are spans of their own. */
export function tracedTools(tools: Tools): Tools {
  return {
    ...tools,
    prober: new TracedProber(tools.prober),
    sources: new TracedSources(tools.sources),
    artifacts: new TracedArtifacts(tools.artifacts),
  }
}

class TracedProber extends MediaProber {
  constructor(private readonly prober: MediaProber) {
    super()
  }

  override probe(path: string, signal: AbortSignal): Promise<MediaInfo> {
    return traced('probe', {}, () => this.prober.probe(path, signal))
  }
}

class TracedSources extends SourceStore {
  constructor(private readonly sources: SourceStore) {
    super()
  }

  override put(key: string, bytes: Readable, limits?: SourceLimits): Promise<StoredSource> {
    return traced('store', {}, () => this.sources.put(key, bytes, limits))
  }

  override copy(key: string, url: string, limits: SourceLimits, signal: AbortSignal): Promise<boolean> {
    return traced('copy', {}, () => this.sources.copy(key, url, limits, signal))
  }

  override open(key: string, workspace: string, signal: AbortSignal): Promise<SourceFile> {
    return this.sources.open(key, workspace, signal)
  }

  override remove(key: string): Promise<void> {
    return this.sources.remove(key)
  }
}

class TracedArtifacts extends ArtifactStore {
  constructor(private readonly artifacts: ArtifactStore) {
    super()
  }

  override put(key: string, path: string): Promise<Artifact> {
    return traced('store', {}, () => this.artifacts.put(key, path))
  }

  override remove(key: string): Promise<void> {
    return this.artifacts.remove(key)
  }
}
