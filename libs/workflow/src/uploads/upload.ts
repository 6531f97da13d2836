import type { MediaId, SubAppId } from '@libs/kernel'
import { randomBytes } from 'node:crypto'
import type { NewMedia } from '../media/media'
import type { RunOrder } from '../runs/run-order'

/** An upload that was announced: where its bytes go, and what becomes of them once it is committed. */
export interface Upload {
  /** Whoever holds it may bring the bytes, and nobody can guess it. */
  readonly token: string
  readonly subAppId: SubAppId
  readonly media: Omit<NewMedia, 'url'>
  /** Where the bytes of a cover go; undefined when none was announced. */
  readonly coverKey: string | undefined
  readonly procedure: UploadProcedure | undefined
  /** The vendor's language that it is told in. */
  readonly dialect: string
  readonly createdAt: Date
  /** When it is forgotten, bytes and all, unless it was committed. */
  readonly deadline: Date
  /** The media that came of it. */
  readonly committedAs: MediaId | undefined
  /** Of one that comes piece by piece and is committed when it is whole; undefined where it is brought and committed. */
  readonly growing?: GrowingUpload | undefined
}

export interface GrowingUpload {
  /** How long it will be; undefined until that is told. */
  readonly sizeBytes: number | undefined
  /** What its uploader says of it, as it was written: it is told again. */
  readonly metadata: string
}

/** Whoever holds it may bring the bytes. */
export function newUploadToken(): string {
  return randomBytes(20).toString('hex')
}

/** Long enough for a large file over a slow line. */
export const uploadOpenForMs = 24 * 3_600_000

/** When an upload is forgotten that is announced now. */
export function deadlineOf(createdAt: Date): Date {
  return new Date(createdAt.getTime() + uploadOpenForMs)
}

/** A stored procedure that is to run on the media. */
export type UploadProcedure = Omit<RunOrder, 'session'> & { readonly name: string }

/** Under which the parts of an upload are that comes in parts. */
export function partsOf({ token, subAppId }: Pick<Upload, 'token' | 'subAppId'>): string {
  return `uploads/${subAppId}/${token}`
}

/** The key of one part, counted from 1. */
export function partKey(upload: Pick<Upload, 'token' | 'subAppId'>, part: number): string {
  return `${partsOf(upload)}/${String(part).padStart(5, '0')}`
}
