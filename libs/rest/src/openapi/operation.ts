import type { ErrorCode } from '@libs/kernel'
import { applyDecorators, HttpCode } from '@nestjs/common'
import { ApiExtension, ApiOperation, ApiResponse } from '@nestjs/swagger'
import type { z } from 'zod'
import { refTo } from './named-schemas'

/** A request that works: a test sends it to the real door. */
export interface RequestExample {
  readonly path?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number | readonly string[]>>
  readonly headers?: Readonly<Record<string, string>>
  /** JSON. */
  readonly body?: unknown
  /** Bodies that are no JSON, by their content type. */
  readonly bodies?: Readonly<Record<string, unknown>>
}

/** What the document says of an operation and the code does not. */
export interface OperationFacts {
  readonly summary: string
  readonly description?: string
  /** Of the answer: 200 unless said, 204 where nothing is told. */
  readonly status?: number
  /** The schema of the answer, with an id; none where nothing is told. */
  readonly answers?: z.ZodType
  /** JSON unless said. */
  readonly answersType?: string
  /** Schemas of bodies by their content type, where it is not one JSON body that the handler declares. */
  readonly takes?: Readonly<Record<string, z.ZodType>>
  /** Whether what it is about has an entity tag: it is told by GET, and other methods heed `If-Match`. */
  readonly tagged?: true
  /** Whether it is done once under an `Idempotency-Key`. */
  readonly once?: true
  /** What it refuses besides what every operation may refuse. */
  readonly refuses?: readonly ErrorCode[]
  readonly example: RequestExample
}

/** Under which the document finds what it has to add; it is taken out again. */
export const factsKey = 'x-stillflow-facts'

/** Says what a handler does, and with which status it answers. Every operation of the document has one. */
export function Operation(facts: OperationFacts): MethodDecorator {
  const { summary, description, answers, takes } = facts
  const status = facts.status ?? (answers === undefined ? 204 : 200)
  const bodies = Object.entries(takes ?? {}).map(([type, schema]) => [type, { schema: refTo(schema) }] as const)
  const content = answers && { [facts.answersType ?? 'application/json']: { schema: refTo(answers) } }
  return applyDecorators(
    HttpCode(status),
    ApiOperation({
      summary,
      ...(description !== undefined && { description }),
      ...(bodies.length > 0 && { requestBody: { required: true, content: Object.fromEntries(bodies) } }),
    }),
    ApiResponse({ status, description: summary, ...(content !== undefined && { content }) }),
    ApiExtension(factsKey, facts),
  )
}
