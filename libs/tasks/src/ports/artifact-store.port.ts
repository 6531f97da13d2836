import type { Artifact } from '../artifact'

/** Where the files are that tasks made. Keys are slash-separated and made of ids only. */
export abstract class ArtifactStore {
  /** Publishes a finished local file: its bytes are durable before this returns. @throws AppError `storage.full`, `storage.failed` */
  abstract put(key: string, path: string): Promise<Artifact>

  abstract remove(key: string): Promise<void>
}
