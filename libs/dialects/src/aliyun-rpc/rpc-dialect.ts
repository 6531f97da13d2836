import { AppError } from '@libs/kernel'
import type { Dialect, HeardRequest, NamedAction, RawRequest } from '../dialect'
import type { ScopedAction } from '../dialect'
import { unflatten } from '../parameters/form-text'
import { VendorRefusal } from '../parameters/vendor-refusal'
import type { FieldNames } from './errors'
import { authenticate } from './protocol/authenticate'
import { present, presentError } from './protocol/envelope'
import { commonParameter, isForm, rpcParametersOf, withoutCommonParameters } from './protocol/rpc-parameters'
import { isSignedV3 } from './protocol/signature-v3'

/** Everything may be in the query; this and the headers are heard together. */
const maxQueryLength = 48 * 1024
const maxBodyBytes = 1024 * 1024

/** ApsaraVideo VOD and IMS, "QPS limit": 30 calls of an action in a second, unless they say something else. */
const usualCallsPerSecond = 30

/** What the two products of the vendor's differ in. */
export interface RpcProduct extends Pick<Dialect, 'name' | 'actions' | 'renderEvent' | 'signEvent'> {
  readonly version: string
  readonly fieldNames: FieldNames
  readonly callsPerSecond?: Readonly<Record<string, number>>
  /** Whether requests for versions that no product has are answered here. */
  readonly answersUnknownVersions?: boolean
}

/** Whether a request speaks the vendor's protocol, whichever product it asks. */
function speaksRpc(request: HeardRequest): boolean {
  const { headers } = request
  return (
    headers['x-acs-action'] !== undefined ||
    headers['x-acs-version'] !== undefined ||
    isSignedV3(request) ||
    commonParameter(request, 'AccessKeyId') !== undefined
  )
}

/** What a signature of the third version covers is a header; the older one covers parameters alone. */
function askedFor(request: HeardRequest, name: 'Action' | 'Version'): string | undefined {
  const header = request.headers[`x-acs-${name.toLowerCase()}`]
  const asked = commonParameter(request, name)
  if (isSignedV3(request)) return typeof header === 'string' ? header : asked
  return asked ?? (typeof header === 'string' ? header : undefined)
}

function actionOf(request: RawRequest, { version, actions }: RpcProduct): NamedAction {
  const { method, query } = request
  if (method !== 'POST' && method !== 'GET') {
    throw new AppError('request.unsupportedMethod', 'Only GET and POST are served.')
  }
  if (query.length > maxQueryLength) {
    throw new AppError('request.tooLarge', `The query is longer than ${maxQueryLength} bytes.`)
  }
  checkFormat(request)
  const name = required(askedFor(request, 'Action'), 'Action')
  if (required(askedFor(request, 'Version'), 'Version') !== version) {
    throw new AppError('request.unsupportedVersion', 'There is no such version.', { field: 'Version' })
  }
  const action: ScopedAction | undefined = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (action !== undefined) return { name, action }
  throw new AppError('request.unknownAction', `There is no action "${name}" in version ${version}.`)
}

function checkFormat(request: RawRequest): void {
  const format = commonParameter(request, 'Format')?.toUpperCase()
  if (format === undefined || format === 'JSON' || format === 'XML') return
  const options = { field: 'Format' }
  throw new VendorRefusal('request.invalidValue', 'JSON or XML is expected.', options, 'InvalidParameter.Format')
}

function required(value: string | undefined, field: string): string {
  if (value !== undefined && value !== '') return value
  throw new AppError('request.missingParameter', 'This is required of every request.', { field })
}

function parametersOf(request: RawRequest): unknown {
  if (request.body.length > 0 && !isForm(request)) {
    const expected = 'A body is expected to be application/x-www-form-urlencoded.'
    throw new AppError('request.malformed', expected, { field: 'Content-Type' })
  }
  return unflatten(withoutCommonParameters(rpcParametersOf(request)), 1)
}

/** A dialect of Alibaba Cloud's RPC protocol: `/` by GET or POST, signed ACS3-HMAC-SHA256 or HMAC-SHA1. */
export function rpcDialect(product: RpcProduct): Dialect {
  const { name, version, actions, fieldNames, renderEvent, signEvent } = product
  return {
    name,
    actions,
    maxBodyBytes,
    callsPerSecond: (action) => product.callsPerSecond?.[action] ?? usualCallsPerSecond,
    recognise: (request) => {
      const isOfVersion = askedFor(request, 'Version') === version
      if (speaksRpc(request)) return isOfVersion || product.answersUnknownVersions === true
      return isOfVersion && request.path === '/' && commonParameter(request, 'Action') !== undefined
    },
    actionOf: (request) => actionOf(request, product),
    authenticate,
    parametersOf,
    present: (result, exchange) => present(askedFor(exchange.request, 'Action') ?? '', result, exchange),
    presentError: (error, exchange) => presentError(error, fieldNames, exchange),
    renderEvent,
    signEvent,
  }
}
