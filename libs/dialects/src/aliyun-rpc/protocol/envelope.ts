import type { AppError } from '@libs/kernel'
import XMLBuilder from 'fast-xml-builder'
import type { Exchange, HeardRequest, RawResponse } from '../../dialect'
import { type FieldNames, type VendorError, vendorErrorOf } from '../errors'
import { commonParameter } from './rpc-parameters'
import { isSignedV3 } from './signature-v3'

const xml = new XMLBuilder({ suppressEmptyNode: false, format: false })

/** Characters that XML 1.0 has no way to write. */
const notInXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** How long a caller that is too quick has to wait. */
const retryAfterMs = 1000

/** Whether an answer is to be XML: as asked; else, as the vendor has it, for the older signature unless JSON is accepted. */
function wantsXml(request: HeardRequest): boolean {
  const format = commonParameter(request, 'Format')?.toUpperCase()
  if (format === 'JSON' || format === 'XML') return format === 'XML'
  const isOlder = !isSignedV3(request) && commonParameter(request, 'AccessKeyId') !== undefined
  return isOlder && request.headers.accept?.includes('json') !== true
}

/** A value as it is in XML: what is not there has no element. */
function asXml(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asXml)
  if (typeof value === 'string') return value.replace(notInXml, '\ufffd')
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, member]) => member !== undefined && member !== null)
  return Object.fromEntries(members.map(([name, member]) => [name, asXml(member)]))
}

function answer(status: number, root: string, members: object, { request, requestId }: Exchange): RawResponse {
  const isXml = wantsXml(request)
  return {
    status,
    headers: {
      // With a charset, and just this one: the vendor's newer client looks for it before it reads an error in XML.
      'Content-Type': isXml ? 'text/xml;charset=utf-8' : 'application/json;charset=utf-8',
      'x-acs-request-id': requestIdOf(requestId),
    },
    body: isXml
      ? `<?xml version="1.0" encoding="UTF-8"?>${xml.build({ [root]: asXml(members) })}`
      : JSON.stringify(members),
  }
}

function requestIdOf(requestId: string): string {
  return requestId.toUpperCase()
}

/** @param action whose answer it is */
export function present(action: string, result: object, exchange: Exchange): RawResponse {
  return answer(200, `${action}Response`, { RequestId: requestIdOf(exchange.requestId), ...result }, exchange)
}

/** The members of a refusal. @param hostId the host that was asked, with its port */
export function refusalMembers({ Code, Message }: VendorError, requestId: string, hostId: string): object {
  const Recommend = `https://api.aliyun.com/troubleshoot?q=${Code}`
  return { RequestId: requestIdOf(requestId), HostId: hostId, Code, Message, Recommend }
}

export function presentError(error: AppError, fieldNames: FieldNames, exchange: Exchange): RawResponse {
  const told = vendorErrorOf(error, fieldNames)
  const { status } = told
  const members = refusalMembers(told, exchange.requestId, exchange.request.headers.host ?? '')
  const response = answer(status, 'Error', members, exchange)
  if (error.code !== 'request.tooOften') return response
  return { ...response, headers: { ...response.headers, 'x-acs-retry-after': String(retryAfterMs) } }
}
