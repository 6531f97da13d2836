import { z } from 'zod'
import { still } from '../artifact'

export const coverBySnapshotOutput = z.object({ cover: still })
export type CoverBySnapshotOutput = z.infer<typeof coverBySnapshotOutput>
