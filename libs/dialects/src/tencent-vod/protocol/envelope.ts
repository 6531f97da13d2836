import type { AppError } from '@libs/kernel'
import type { Exchange, RawResponse } from '../../dialect'
import { vendorErrorOf } from '../errors'

/**
 * Tencent Cloud "Responses": refusals too are HTTP 200, RequestId is always there, and `Error` only on refusal.
 * The content type has no charset: the Python SDK takes an error with one for a success.
 */
function envelope(response: object, { request, requestId }: Exchange): RawResponse {
  const traceId = request.headers['x-tc-traceid']
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/json',
      ...(typeof traceId === 'string' && /^[\w-]{1,64}$/.test(traceId) && { 'X-TC-TraceId': traceId }),
    },
    body: JSON.stringify({ Response: { ...response, RequestId: requestId } }),
  }
}

export function present(result: object, exchange: Exchange): RawResponse {
  return envelope(result, exchange)
}

export function presentError(error: AppError, exchange: Exchange): RawResponse {
  return envelope({ Error: vendorErrorOf(error) }, exchange)
}
