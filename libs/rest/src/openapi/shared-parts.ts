import type { OpenAPIObject } from '@nestjs/swagger'
import { problem } from '../problem'
import { refTo } from './named-schemas'

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>
export type Parameter = NonNullable<Operation['parameters']>[number]

function header(name: string, description: string, schema: object): Parameter {
  return { name, in: 'header', required: false, description, schema }
}

export const problemContent = { 'application/problem+json': { schema: refTo(problem) } }

/** What operations refer to. */
export const shared = {
  parameters: {
    SubApp: header('Stillflow-Sub-App', 'The sub-application to act in, for keys of the main one.', {
      type: 'integer',
      minimum: 0,
    }),
    IfMatch: header('If-Match', 'The `ETag` that it was read with: if it is another one by now, nothing is changed.', {
      type: 'string',
    }),
    Once: header(
      'Idempotency-Key',
      'Made up by the caller: the same request with the same key is done once within 24 hours, and answered the same.',
      { type: 'string', minLength: 1, maxLength: 255 },
    ),
    IfNoneMatch: header('If-None-Match', 'The `ETag` of what is known: if it is still the same, the answer is 304.', {
      type: 'string',
    }),
  },
  headers: {
    EntityTag: { description: 'Stays the same as long as the answer does.', schema: { type: 'string' } },
  },
  responses: {
    NotModified: { description: 'It is what the caller knows.' },
    Refused: { description: 'The request is refused; whoever sends it can change that.', content: problemContent },
    Failed: { description: 'The service fails; the same request may work later.', content: problemContent },
  },
} as const satisfies OpenAPIObject['components']

export const refToParameter = (name: keyof typeof shared.parameters) => ({ $ref: `#/components/parameters/${name}` })
export const refToResponse = (name: keyof typeof shared.responses) => ({ $ref: `#/components/responses/${name}` })
export const refToHeader = (name: keyof typeof shared.headers) => ({ $ref: `#/components/headers/${name}` })
