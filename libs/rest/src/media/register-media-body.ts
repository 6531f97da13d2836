import { AppError, parseMediaId, type SubAppId } from '@libs/kernel'
import {
  isStorableText,
  newSourceKey,
  type NewMedia,
  type RegisterMedia,
  type RegisterMediaCommand,
  sourceNameOf,
  sourceNameOfUrl,
} from '@libs/workflow'
import { z } from 'zod'
import { httpUrl, text } from '../fields'
import { eitherOf } from '../runs/create-run-body'
import { runOrderShape, toRunOrder } from '../runs/run-order-body'

/** The fields of a form beside its file, or a JSON body. */
export const registerMediaBody = z
  .strictObject({
    url: httpUrl.optional(),
    name: text(255).optional(),
    procedure: text(64).optional(),
    ...runOrderShape,
  })
  .meta({ id: 'RegisterMediaBody' })

/** The form as the document shows it: the file is not among the fields that are checked. */
export const registerMediaForm = registerMediaBody
  .omit({ url: true })
  .extend({ file: z.file() })
  .meta({ id: 'RegisterMediaForm' })

export type RegisterMediaBody = z.output<typeof registerMediaBody>

/** A file whose bytes are stored: `filename` is its media id, `path` the key of its source. */
export type StoredUpload = Pick<Express.Multer.File, 'filename' | 'originalname' | 'path'>

function mediaOf(
  body: RegisterMediaBody,
  upload: StoredUpload | undefined,
  subAppId: SubAppId,
  nextId: RegisterMedia['nextId'],
): NewMedia {
  eitherOf(['file', 'url'], [upload, body.url])
  if (!isStorableText(upload?.originalname ?? '')) {
    throw new AppError('request.invalidValue', 'The name of a file has no NUL and no half of a character.', {
      field: 'file',
    })
  }
  const source = body.url === undefined ? sourceNameOf(upload?.originalname ?? '') : sourceNameOfUrl(new URL(body.url))
  const id = upload === undefined ? nextId() : parseMediaId(upload.filename)
  if (id === undefined) throw new AppError('internal', 'An upload was stored under no media id.')
  const sourceKey = upload?.path ?? newSourceKey(subAppId, id, source.extension)
  return { ...source, name: body.name ?? source.name, id, subAppId, sourceKey, url: body.url }
}

/** @throws AppError `request.missingParameter`, `request.invalidParameter` */
export function toRegisterMedia(
  body: RegisterMediaBody,
  upload: StoredUpload | undefined,
  subAppId: SubAppId,
  nextId: () => NewMedia['id'],
): RegisterMediaCommand {
  const procedure = body.procedure === undefined ? undefined : { ...toRunOrder(body), name: body.procedure }
  return { media: mediaOf(body, upload, subAppId, nextId), procedure }
}
