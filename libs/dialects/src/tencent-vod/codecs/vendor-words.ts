import type { NotifyMode, RunState } from '@libs/workflow'

/** `YYYY-MM-DDThh:mm:ssZ`, UTC, no fraction. */
export function vendorTime(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}

export function timeOrEmpty(at: Date | undefined): string {
  return at === undefined ? '' : vendorTime(at)
}

export const vendorType = { preset: 'Preset', custom: 'Custom' } as const

export const domainType = { Preset: 'preset', Custom: 'custom' } as const

export const vendorNotifyMode: Readonly<Record<NotifyMode, string>> = {
  finish: 'Finish',
  change: 'Change',
  none: 'None',
}

export const vendorRunStatus: Readonly<Record<RunState, string>> = {
  waiting: 'WAITING',
  processing: 'PROCESSING',
  finished: 'FINISH',
  aborted: 'ABORTED',
}
