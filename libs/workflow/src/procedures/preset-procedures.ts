import type { Procedure } from './procedure'

const since = new Date('2018-07-17T00:00:00Z')

/** The pictures that every preset procedure takes; where the cover is taken the vendor does not say. */
const tasks: Procedure['tasks'] = [
  { kind: 'imageSprites', definition: 10, request: {} },
  { kind: 'coverBySnapshot', definition: 10, request: { position: { unit: 'percent', value: 10 } } },
]

const preset = (name: string, comment: string): Procedure => ({
  ...{ name, comment, type: 'preset', tasks, createdAt: since, updatedAt: since },
})

/** The preset task flows of Tencent VOD (console documents, "Preset task flows"), as far as they make pictures. */
export const presetProcedures: readonly Procedure[] = [
  preset('LongVideoPreset', 'Sprites and a cover; adaptive streaming 10 is left out.'),
  preset('SimpleAesEncryptPreset', 'Sprites and a cover; adaptive streaming 12 is left out.'),
  preset('WidevineFairPlayPreset', 'Sprites and a cover; adaptive streaming 11 and 13 are left out.'),
]

/** What a run by a preset procedure did not do; undefined for any other. */
export function noteOfProcedure(name: string | undefined): string | undefined {
  return presetProcedures.find((procedure) => procedure.name === name)?.comment
}
