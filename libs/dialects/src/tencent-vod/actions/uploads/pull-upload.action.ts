import { coverKeyOf, newSourceKey, RegisterMedia, type RegisterMediaCommand, sourceNameOfUrl } from '@libs/workflow'
import type { z } from 'zod'
import type { Caller } from '../../../dialect'
import { coverTypes, mediaTypes } from '../../codecs/media/media-types'
import { actionParameters, defineAction } from '../../define-action'
import { httpUrl, integerIn, string } from '../../protocol/fields'
import { pullTaskIdOf } from '../../task-ids'
import { arrivalShape, expiryOf, mediaType, procedureOf } from './upload-parameters'

const sessionDays = 3
const dayMs = 24 * 3_600_000

const parameters = actionParameters({
  MediaUrl: httpUrl.refine((url) => url !== '', 'A URL is needed.'),
  MediaType: mediaType.optional(),
  CoverUrl: httpUrl.refine(isCoverUrl, 'A GIF, a JPEG or a PNG is expected.').optional(),
  TasksPriority: integerIn(-10, 10).default(0),
  SessionId: string(50).default(''),
  ...arrivalShape,
})

/** Nothing, or a URL whose file is a cover by its name. */
function isCoverUrl(url: string): boolean {
  return url === '' || extensionOfCover(url) !== undefined
}

function extensionOfCover(url: string): string | undefined {
  return URL.canParse(url) ? coverTypes[sourceNameOfUrl(new URL(url)).extension] : undefined
}

type Given = z.output<typeof parameters>

/** The media is numbered when the command is carried out; here nothing is known but what was said. */
function commandOf(given: Given, { subAppId }: Caller, register: RegisterMedia): RegisterMediaCommand {
  const id = register.nextId()
  const source = sourceNameOfUrl(new URL(given.MediaUrl))
  const named = mediaTypes.includes(source.extension) ? source.extension : ''
  const extension = given.MediaType ?? named
  const procedure = procedureOf(given, given.TasksPriority)
  const coverExtension = given.CoverUrl === undefined ? undefined : extensionOfCover(given.CoverUrl)
  const session = { scope: 'PullUpload', id: given.SessionId, windowMs: sessionDays * dayMs }
  return {
    media: {
      id,
      subAppId,
      name: given.MediaName ?? source.name,
      extension,
      sourceKey: newSourceKey(subAppId, id, extension),
      url: given.MediaUrl,
      sourceContext: given.SourceContext,
      expiresAt: expiryOf(given.ExpireTime),
    },
    procedure: procedure && { ...procedure, session: undefined },
    about: {
      dialect: 'tencent-vod',
      sessionContext: given.SessionContext,
      session: given.SessionId === '' ? undefined : session,
      cover:
        coverExtension === undefined
          ? undefined
          : { url: given.CoverUrl ?? '', key: coverKeyOf(subAppId, id, coverExtension) },
    },
  }
}

/** SessionId is taken once in three days. What cannot be fetched is told by PullComplete. */
export const pullUpload = defineAction({
  parameters,
  useCase: RegisterMedia,
  toCommand: (given, caller) => (register: RegisterMedia) => commandOf(given, caller, register),
  execute: (register, command) => register.execute(command(register)),
  toResponse: ({ ingestRunId }, { caller }) => ({ TaskId: pullTaskIdOf(caller.subAppId, ingestRunId) }),
  fieldName: (field) => (field === 'procedure' || field.startsWith('tasks') ? 'Procedure' : undefined),
})
