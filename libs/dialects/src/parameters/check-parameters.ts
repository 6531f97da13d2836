import { AppError } from '@libs/kernel'
import type { z } from 'zod'
import { FormText } from './form-text'
import { VendorRefusal } from './vendor-refusal'

/**
 * Checks parameters against an action's schema.
 * @throws AppError `request.missingParameter`, `.unknownParameter`, `.invalidParameter` (type), `.invalidValue` (range),
 *   `feature.unsupported`; each with the parameter as `field`
 */
export function checkParameters<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw issue === undefined ? new AppError('request.malformed', 'The parameters are wrong.') : refusal(issue, raw)
}

function refusal(issue: z.core.$ZodIssue, raw: unknown): AppError {
  const given = valueAt(raw, issue.path)
  const name = issue.path.map(String)
  const refuse = (code: AppError['code'], detail: string) => new AppError(code, detail, { field: name.join('.') })
  switch (issue.code) {
    case 'unrecognized_keys':
      name.push(issue.keys[0] ?? '')
      return refuse('request.unknownParameter', 'There is no such parameter.')
    case 'invalid_type':
      if (given === undefined) return refuse('request.missingParameter', 'The parameter is required.')
      return refuse('request.invalidParameter', issue.message)
    case 'invalid_value':
      if (given === undefined) return refuse('request.missingParameter', 'The parameter is required.')
      return refuse(typeof given === 'string' ? 'request.invalidValue' : 'request.invalidParameter', issue.message)
    case 'custom':
      return inVendorWords(refuse(customCode(issue.params), issue.message), issue.params)
    case 'too_big':
    case 'too_small':
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return refuse('request.invalidValue', issue.message)
  }
}

function inVendorWords(error: AppError, params: Readonly<Record<string, unknown>> | undefined): AppError {
  const vendorCode = params?.['vendorCode']
  if (typeof vendorCode !== 'string') return error
  const { code, message, field } = error
  return new VendorRefusal(code, message, field === undefined ? {} : { field }, vendorCode)
}

/** The catalogue codes that a schema's own rule may ask for. */
const ruleCodes = ['feature.unsupported', 'request.missingParameter', 'request.invalidParameter'] as const

function customCode(params: Readonly<Record<string, unknown>> | undefined): AppError['code'] {
  return ruleCodes.find((code) => code === params?.['code']) ?? 'request.invalidValue'
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  const found = path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    raw,
  )
  return found instanceof FormText ? found.text : found
}
