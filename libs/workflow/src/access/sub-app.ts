import type { SubAppId } from '@libs/kernel'

/** `off` and `destroyed` let nobody in; what is in it stays, and what was accepted goes on. */
export type SubAppState = 'on' | 'off' | 'destroyed'

/** A part of the installation whose media, templates, procedures, runs, events and keys no other part sees. */
export interface SubApp {
  readonly id: SubAppId
  readonly name: string
  readonly description: string
  readonly state: SubAppState
  readonly createdAt: Date
}

export type SubAppChange = Partial<Pick<SubApp, 'name' | 'description' | 'state'>>
