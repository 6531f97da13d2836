import { egressEnv, GuardedFetcher, pullEnv, pullLimitsIn } from '@libs/egress'
import { FfmpegFrameGrabber, FfmpegMediaProber, mediaEnv, type MediaTools, SharpImageComposer } from '@libs/media'
import { openStorage, storageEnv } from '@libs/storage'
import type { Tools } from '@libs/tasks'
import type { z } from 'zod'
import { WatchedArtifacts, WatchedSources } from './figures/watched-stores'

/** The settings of the rooms that a worker's tools are made of. */
export const toolsEnv = { ...mediaEnv, ...storageEnv, ...egressEnv, ...pullEnv }

type ToolsSettings = z.infer<z.ZodObject<typeof storageEnv & typeof egressEnv & typeof pullEnv>> & {
  readonly MIN_FREE_DISK_MB?: number
}

/** Puts the adapters behind the ports; nothing heavy is loaded before a task needs it. */
export function openTools(settings: ToolsSettings, media: MediaTools): Tools {
  const { sources, artifacts } = openStorage(settings)
  return {
    prober: new FfmpegMediaProber(media),
    grabber: new FfmpegFrameGrabber(media),
    composer: new SharpImageComposer(),
    fetcher: new GuardedFetcher(settings, pullLimitsIn(settings)),
    sources: new WatchedSources(sources),
    artifacts: new WatchedArtifacts(artifacts),
  }
}
