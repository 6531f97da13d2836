import { AppError } from '@libs/kernel'
import type { RawRequest } from '../../dialect'
import { unflatten } from '../../parameters/form-text'
import { signedFormOf, withoutCommonParameters } from './signed-form'

const deepestNesting = 32

/**
 * The parameters of a request: its JSON body, or what was flattened into a query or a form.
 * Members that are null count as absent: the official clients leave them out.
 * @throws AppError `request.malformed`
 */
export function parametersOf(request: RawRequest): unknown {
  const form = signedFormOf(request)
  if (form !== undefined) return unflatten(withoutCommonParameters(form))
  const { method, query, headers, body } = request
  if (method === 'GET') return unflatten(new URLSearchParams(query))
  const mediaType = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (mediaType !== 'application/json') {
    throw new AppError('request.malformed', 'A POST that a header signs carries application/json.', {
      field: 'Content-Type',
    })
  }
  return body.length === 0 ? {} : withoutNulls(parseJson(body), deepestNesting)
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (cause) {
    const what = cause instanceof SyntaxError ? 'valid JSON' : 'valid UTF-8'
    throw new AppError('request.malformed', `The body is not ${what}.`, { cause })
  }
}

function withoutNulls(value: unknown, levelsLeft: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (levelsLeft === 0) throw new AppError('request.malformed', 'The body is nested too deeply.')
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, levelsLeft - 1))
  const members = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNulls(member, levelsLeft - 1)]))
}
