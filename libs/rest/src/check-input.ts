import { AppError, type ErrorCode } from '@libs/kernel'
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common'
import type { ZodDto } from 'nestjs-zod'
import { z } from 'zod'

/**
 * Checks a body or a query.
 * @throws AppError `request.missingParameter`, `.unknownParameter`, `.invalidParameter` (type), `.invalidValue`; `field` is
 *   the path of what is wrong
 */
export function checkInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw issue === undefined ? new AppError('request.malformed', 'The input is wrong.') : refusal(issue, raw)
}

function refusal(issue: z.core.$ZodIssue, raw: unknown): AppError {
  if (raw === undefined) return new AppError('request.malformed', 'A JSON body is expected.')
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const field = [...issue.path, ...keys].map(String).join('.')
  return new AppError(codeOf(issue, raw), issue.message, { field })
}

function codeOf({ code, path }: z.core.$ZodIssue, raw: unknown): ErrorCode {
  if (code === 'unrecognized_keys') return 'request.unknownParameter'
  if (valueAt(raw, path) === undefined) return 'request.missingParameter'
  return code === 'invalid_type' || code === 'invalid_union' ? 'request.invalidParameter' : 'request.invalidValue'
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    raw,
  )
}

function schemaOf(metatype: (ArgumentMetadata['metatype'] & Partial<ZodDto>) | undefined): z.ZodType | undefined {
  return metatype?.schema instanceof z.ZodType ? metatype.schema : undefined
}

/** Checks every parameter whose class was made of a schema. */
export class CheckInput implements PipeTransform {
  transform(value: unknown, { metatype }: ArgumentMetadata): unknown {
    const schema = schemaOf(metatype)
    return schema === undefined ? value : checkInput(schema, value)
  }
}
