import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A member of one of the vendor's structures. */
export interface Member {
  /** `string`, `number`, `boolean`, `any`, or the name of a structure. */
  readonly type: string
  readonly isList: boolean
  readonly isRequired: boolean
}

/** Members by their names, in the vendor's order. */
export type Structure = ReadonlyMap<string, Member>

const folder = join(
  dirname(createRequire(__filename).resolve('tencentcloud-sdk-nodejs-vod/package.json')),
  'tencentcloud/services/vod/v20180717',
)

const member = /^ {4}(\w+)(\??): (.+);$/
const list = /^Array<(.+)>$/

function memberOf(written: string, isRequired: boolean): Member {
  const element = list.exec(written)?.[1]
  const type = (element ?? written).replace('number | bigint', 'number')
  return { type, isList: element !== undefined, isRequired }
}

/** Every structure of the official SDK, read from the types that it declares. */
export function readStructures(): ReadonlyMap<string, Structure> {
  const structures = new Map<string, Map<string, Member>>()
  let current = new Map<string, Member>()
  for (const line of readFileSync(join(folder, 'vod_models.d.ts'), 'utf8').split('\n')) {
    const name = /^export (?:interface|type) (\w+)/.exec(line)?.[1]
    if (name !== undefined) structures.set(name, (current = new Map<string, Member>()))
    const [, key, optional, written] = member.exec(line) ?? []
    if (key !== undefined && written !== undefined) current.set(key, memberOf(written, optional === ''))
  }
  return structures
}

/** Every action of the official SDK. */
export function readActions(): readonly string[] {
  const client = readFileSync(join(folder, 'vod_client.d.ts'), 'utf8')
  return [...client.matchAll(/^ {4}(\w+)\(req/gm)].map(([, name = '']) => name)
}
