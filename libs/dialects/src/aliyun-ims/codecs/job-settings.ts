import { z } from 'zod'
import type { SnapshotTemplate } from '../../aliyun-rpc/snapshots/list-templates'
import { toldSeries } from '../../aliyun-rpc/snapshots/series'
import { parseStructured } from '../../aliyun-rpc/structured-text'
import { checkParameters } from '../../parameters/check-parameters'
import { FormText } from '../../parameters/form-text'
import { laidOver } from './laid-over'
import {
  decodeConfig,
  type DecodedConfig,
  type SnapshotConfig,
  snapshotConfig,
  type SnapshotType,
} from './snapshot-config.codec'
import { configTextOf, isInVendorWords, typeOf } from './template.codec'

type Params = Readonly<Record<string, unknown>>

/** What a job makes: a template with what the job puts over it. */
export interface JobSettings {
  readonly type: SnapshotType
  readonly count: number | undefined
  readonly decoded: DecodedConfig
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof FormText)
}

/** Member by member, and those of sprites likewise. */
function overwritten(base: unknown, params: Params): Readonly<Record<string, unknown>> {
  const kept = isRecord(base) ? base : {}
  const merged = Object.entries(params).map(([name, value]): [string, unknown] => [
    name,
    isRecord(value) && isRecord(kept[name]) ? { ...kept[name], ...value } : value,
  ])
  return Object.fromEntries<unknown>([...Object.entries(kept), ...merged])
}

/** @throws AppError naming the member that is wrong */
function configOf(template: SnapshotTemplate, params: Params): SnapshotConfig {
  const own = parseStructured(configTextOf(template), 'TemplateConfig')
  const config = overwritten(isRecord(own) ? { Type: typeOf(template), ...own } : own, params)
  const schema = z.object({ TemplateConfig: z.object({ OverwriteParams: snapshotConfig }) })
  return checkParameters(schema, { TemplateConfig: { OverwriteParams: config } }).TemplateConfig.OverwriteParams
}

/** @throws AppError naming the member of OverwriteParams that is wrong */
export function jobSettingsOf(template: SnapshotTemplate, params: Params | undefined, field: string): JobSettings {
  if (params === undefined && !isInVendorWords(template)) {
    const { Count: count } = toldSeries(template.settings.sampling)
    return { type: typeOf(template), count, decoded: template }
  }
  const config = configOf(template, params ?? {})
  const decoded = decodeConfig(config, field)
  const kept = isInVendorWords(template) ? decoded : laidOver(template, decoded, config, params ?? {})
  return { type: config.Type, count: config.Count, decoded: kept }
}
