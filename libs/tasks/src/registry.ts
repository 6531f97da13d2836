import type { z } from 'zod'
import type { TemplateName } from './kind'
import { imageSpritesSettings } from './image-sprites/image-sprites.input'
import { sampleSnapshotTemplate } from './sample-snapshot/sample-snapshot.input'
import { coverBySnapshot } from './cover-by-snapshot/cover-by-snapshot.kind'
import { imageSprites } from './image-sprites/image-sprites.kind'
import { ingest } from './ingest/ingest.kind'
import { sampleSnapshot } from './sample-snapshot/sample-snapshot.kind'
import { snapshotByTimeOffset } from './snapshot-by-time-offset/snapshot-by-time-offset.kind'
import { stillSettings } from './stills/picture'
import { watermarkSettings } from './watermarks/watermark'

/** What each template stores: kinds that share a template share its settings. */
export const templateSettings = {
  snapshotByTimeOffset: stillSettings,
  sampleSnapshot: sampleSnapshotTemplate,
  imageSprite: imageSpritesSettings,
  watermark: watermarkSettings,
} as const satisfies Record<TemplateName, z.ZodType>

export type TemplateSettings = { readonly [Name in TemplateName]: z.infer<(typeof templateSettings)[Name]> }

/** The kinds that a caller can ask for, in the order that results are listed in. The only list of them. */
export const pictureKinds = { snapshotByTimeOffset, sampleSnapshot, imageSprites, coverBySnapshot } as const

/** Everything that a worker can run. */
export const kinds = { ...pictureKinds, ingest } as const

export type PictureKindName = keyof typeof pictureKinds
export type KindName = keyof typeof kinds

export const pictureKindNames = Object.keys(pictureKinds) as readonly PictureKindName[]
export const kindNames = Object.keys(kinds) as readonly KindName[]

export type SettingsOf<Name extends KindName> = z.infer<(typeof kinds)[Name]['settings']>
export type RequestOf<Name extends KindName> = z.infer<(typeof kinds)[Name]['request']>
export type OutputOf<Name extends KindName> = z.infer<(typeof kinds)[Name]['output']>

/** A task to do: its kind with the frozen settings and the request of just that kind. */
export type TaskSpec<Name extends KindName = KindName> = {
  [K in Name]: { readonly kind: K; readonly settings: SettingsOf<K>; readonly request: RequestOf<K> }
}[Name]

/** What a task brought, with its kind. */
export type TaskOutput<Name extends KindName = KindName> = {
  [K in Name]: { readonly kind: K; readonly output: OutputOf<K> }
}[Name]
