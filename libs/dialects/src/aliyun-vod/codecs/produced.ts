import type { Artifact, PictureKindName } from '@libs/tasks'
import type { BroughtFiles, SucceededTask } from '@libs/workflow'

/** The types of snapshots that the vendor tells apart. */
export const snapshotTypes = [
  'CoverSnapshot',
  'NormalSnapshot',
  'SpriteSnapshot',
  'SpriteOriginSnapshot',
  'WebVttSnapshot',
] as const

export type SnapshotType = (typeof snapshotTypes)[number]

/** What a task has to have brought to be of the type. */
export const broughtFiles: Readonly<Record<SnapshotType, BroughtFiles>> = {
  CoverSnapshot: 'cover',
  NormalSnapshot: 'stills',
  SpriteSnapshot: 'sheets',
  SpriteOriginSnapshot: 'cells',
  WebVttSnapshot: 'vtt',
}

/** What a task brought, in the vendor's types. */
export type Produced = Readonly<Partial<Record<SnapshotType, readonly Artifact[]>>>

type Producers = { readonly [Kind in PictureKindName]: (output: SucceededTask<Kind>['output']) => Produced }

/** Every sprite comes with its WebVTT; its small pictures where they were to be kept. */
const producers: Producers = {
  coverBySnapshot: ({ cover }) => ({ CoverSnapshot: [cover.artifact] }),
  snapshotByTimeOffset: ({ stills }) => ({ NormalSnapshot: stills.map(({ artifact }) => artifact) }),
  sampleSnapshot: ({ stills }) => ({ NormalSnapshot: stills.map(({ artifact }) => artifact) }),
  imageSprites: ({ sheets, cells, vtt }) => ({
    ...(sheets.length > 0 && { SpriteSnapshot: sheets }),
    ...(cells && { SpriteOriginSnapshot: cells.map(({ artifact }) => artifact) }),
    WebVttSnapshot: [vtt],
  }),
}

/** The files of a task by the vendor's types. */
export function producedBy<Kind extends PictureKindName>(task: SucceededTask<Kind>): Produced {
  const produce: (output: SucceededTask<Kind>['output']) => Produced = producers[task.kind]
  return produce(task.output)
}
