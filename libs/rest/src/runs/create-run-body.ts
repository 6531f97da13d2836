import { AppError, parseMediaId, type SubAppId } from '@libs/kernel'
import { bucketName, objectName } from '@libs/tasks'
import { type ProcessMediaCommand, type RunSource, sourceNameOfUrl } from '@libs/workflow'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { httpUrl, text } from '../fields'
import { runOrderShape, toRunOrder } from './run-order-body'
import { reviseTask } from './revise-task'
import { runTaskList } from './task-body'

const mostUserDataBytes = 8192

/** Anything that JSON can say, to be given back. */
const userData = z
  .unknown()
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= mostUserDataBytes, {
    message: `As JSON it may have ${mostUserDataBytes} bytes.`,
  })
  .meta({ description: 'Anything that JSON can say, to be given back.' })
  .optional()

const createRunBody = z.strictObject({
  mediaId: text(64).optional(),
  url: httpUrl.optional(),
  /** A file of a bucket. */
  object: z.strictObject({ bucket: bucketName, name: objectName }).optional(),
  tasks: runTaskList.optional(),
  procedure: text(64).optional(),
  ...runOrderShape,
  userData,
})

export class CreateRunBody extends createZodDto(createRunBody) {}

/** @returns the one of two that is given @throws AppError `request.missingParameter`, `request.invalidParameter` */
export function eitherOf(names: readonly [string, string], values: readonly [unknown, unknown]): void {
  const [first, second] = names
  if (values[0] === undefined && values[1] === undefined) {
    throw new AppError('request.missingParameter', `Either ${first} or ${second} is needed.`, { field: first })
  }
  if (values[0] === undefined || values[1] === undefined) return
  throw new AppError('request.invalidParameter', `Give either ${first} or ${second}, not both.`, { field: second })
}

function sourceOf({ mediaId, url, object }: CreateRunBody): RunSource {
  if (object !== undefined) {
    eitherOf(['object', 'mediaId or url'], [object, mediaId ?? url])
    return { bucket: object.bucket, object: object.name }
  }
  eitherOf(['mediaId', 'url'], [mediaId, url])
  if (url !== undefined) return { url, ...sourceNameOfUrl(new URL(url)) }
  const id = parseMediaId(mediaId ?? '')
  if (id !== undefined) return { mediaId: id }
  throw new AppError('media.notFound', `There is no media "${mediaId ?? ''}".`, { field: 'mediaId' })
}

/** @throws AppError `request.missingParameter`, `request.invalidParameter`, `media.notFound` */
export function toProcessMedia(body: CreateRunBody, subAppId: SubAppId): ProcessMediaCommand {
  const { tasks, procedure } = body
  eitherOf(['tasks', 'procedure'], [tasks, procedure])
  const work = procedure === undefined ? { tasks: (tasks ?? []).map(reviseTask) } : { procedureName: procedure }
  const given = body.userData === undefined ? {} : { userData: JSON.stringify(body.userData) }
  return { ...toRunOrder(body), ...given, subAppId, source: sourceOf(body), work }
}
