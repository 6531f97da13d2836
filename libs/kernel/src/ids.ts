import { randomBytes, randomInt } from 'node:crypto'

declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

export type RunId = Id<'RunId'>
export type TaskId = Id<'TaskId'>
export type MediaId = Id<'MediaId'>
export type EventId = Id<'EventId'>
export type WebhookId = Id<'WebhookId'>

/** Sub-application number; 0 is the main application. */
export type SubAppId = number & { readonly [brand]: 'SubAppId' }

export const mainSubApp = 0 as SubAppId

const hexIdPattern = /^[0-9a-f]{32}$/
const mediaIdPattern = /^[0-9]{18,19}$/

/** 32 hex digits whose first twelve are the time in ms: rows created together stay together in an index. */
function hexId(nowMs: number): string {
  return nowMs.toString(16).padStart(12, '0') + randomBytes(10).toString('hex')
}

/** When an id was made. */
export function timeOfId(id: RunId | TaskId | EventId): Date {
  return new Date(parseInt(id.slice(0, 12), 16))
}

export function newRunId(nowMs: number): RunId {
  return hexId(nowMs) as RunId
}

export function newTaskId(nowMs: number): TaskId {
  return hexId(nowMs) as TaskId
}

export function newEventId(nowMs: number): EventId {
  return hexId(nowMs) as EventId
}

export function newWebhookId(nowMs: number): WebhookId {
  return hexId(nowMs) as WebhookId
}

/** A 19-digit decimal string, the form that clients of Tencent VOD know as FileId; time-ordered. */
export function newMediaId(nowMs: number): MediaId {
  return ((BigInt(nowMs) << 22n) | BigInt(randomInt(1 << 22))).toString() as MediaId
}

export function parseRunId(text: string): RunId | undefined {
  return hexIdPattern.test(text) ? (text as RunId) : undefined
}

export function parseTaskId(text: string): TaskId | undefined {
  return hexIdPattern.test(text) ? (text as TaskId) : undefined
}

export function parseMediaId(text: string): MediaId | undefined {
  return mediaIdPattern.test(text) ? (text as MediaId) : undefined
}

export function parseEventId(text: string): EventId | undefined {
  return hexIdPattern.test(text) ? (text as EventId) : undefined
}

export function parseWebhookId(text: string): WebhookId | undefined {
  return hexIdPattern.test(text) ? (text as WebhookId) : undefined
}
