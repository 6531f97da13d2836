import { AppError } from '@libs/kernel'
import { z } from 'zod'
import type { Caller, Dialect, Gate, NamedAction, RawRequest, RawResponse } from '../../dialect'
import { renderEvent } from '../events/render-event'
import { signEvent } from '../events/sign-event'
import { verifyClientUpload } from './client-signature'
import { ugcActions } from './ugc-actions'

/** The path that the vendor's upload SDK for browsers calls. */
const path = '/v3/index.php'
const maxBodyBytes = 64 * 1024

/** Numbers of refusals; 1001 is the vendor's for a signature that was good once. */
const replayed = 1_001
const refused = 10_000

const signed = z.object({ signature: z.string() })

/** Pages of any origin call it: what lets them is the signature, never a cookie. */
const headers = {
  'Content-Type': 'application/json',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'POST, OPTIONS',
  'Access-Control-Allow-Headers': '*',
}

function parametersOf({ body }: RawRequest): unknown {
  try {
    return JSON.parse(body.toString()) as unknown
  } catch (cause) {
    throw new AppError('request.malformed', 'The body is not valid JSON.', { cause })
  }
}

function actionOf({ method, query }: RawRequest): NamedAction {
  if (method !== 'POST') throw new AppError('request.unsupportedMethod', 'Only POST is served.')
  const name = new URLSearchParams(query).get('Action') ?? ''
  const action = Object.hasOwn(ugcActions, name) ? ugcActions[name] : undefined
  if (action !== undefined) return { name, action }
  throw new AppError('request.unknownAction', `There is no action "${name}".`, { field: 'Action' })
}

function authenticate(request: RawRequest, gate: Gate): Promise<Caller> {
  const parsed = signed.safeParse(parametersOf(request))
  if (!parsed.success) throw new AppError('auth.missing', 'A signature is needed.', { field: 'signature' })
  return verifyClientUpload(parsed.data.signature, actionOf(request).name === 'ApplyUploadUGC', gate)
}

function answer(members: object): RawResponse {
  return { status: 200, headers, body: JSON.stringify(members) }
}

/** Uploads by clients that a backend has signed for (Tencent Cloud VOD, "Upload from client"). */
export const clientUpload: Dialect = {
  name: 'tencent-client-upload',
  actions: ugcActions,
  maxBodyBytes,
  callsPerSecond: () => 100,
  recognise: ({ path: asked }) => asked === path,
  actionOf,
  authenticate: async (request, gate) => authenticate(request, gate),
  parametersOf,
  present: (result) => answer({ code: 0, message: '', data: result }),
  presentError: ({ code, field, message }) =>
    answer({
      code: code === 'auth.replayed' ? replayed : refused,
      message: field === undefined ? message : `${field}: ${message}`,
    }),
  renderEvent,
  signEvent,
}
