import { AppError } from '@libs/kernel'
import type { HeardRequest } from '../../dialect'

/** Parameters of the protocol, and those that the vendor's gateway takes of every caller; no action sees them. */
const commonParameters: ReadonlySet<string> = new Set([
  ...['Action', 'Version', 'Format', 'AccessKeyId', 'SecurityToken', 'SignatureType', 'BearerToken'],
  ...['Signature', 'SignatureMethod', 'SignatureVersion', 'SignatureNonce', 'Timestamp'],
  ...['RegionId', 'OwnerId', 'OwnerAccount', 'ResourceOwnerId', 'ResourceOwnerAccount'],
])

export function isForm({ headers }: HeardRequest): boolean {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded'
}

/** What a request says in its query and in its form, decoded, in the order that it came in. */
export function pairsOf(request: HeardRequest): readonly (readonly [name: string, value: string])[] {
  const form = request.body !== undefined && isForm(request) ? request.body.toString() : ''
  return [...new URLSearchParams(request.query), ...new URLSearchParams(form)]
}

/**
 * The parameters of the protocol and of the action, by name.
 * @throws AppError `request.malformed` where one is given twice: it would not be clear which one was meant
 */
export function rpcParametersOf(request: HeardRequest): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>()
  for (const [name, value] of pairsOf(request)) {
    if (parameters.has(name)) throw new AppError('request.malformed', 'The parameter is given twice.', { field: name })
    parameters.set(name, value)
  }
  return parameters
}

/** A parameter of the protocol, wherever it is; undefined where it is absent or empty. */
export function commonParameter(request: HeardRequest, name: string): string | undefined {
  const [, value = ''] = pairsOf(request).find(([given]) => given === name) ?? []
  return value === '' ? undefined : value
}

export function withoutCommonParameters(
  parameters: ReadonlyMap<string, string>,
): readonly (readonly [name: string, value: string])[] {
  return [...parameters].filter(([name]) => !commonParameters.has(name))
}
