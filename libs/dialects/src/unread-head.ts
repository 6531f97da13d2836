import type { AppError } from '@libs/kernel'
import { randomUUID } from 'node:crypto'
import { vendorErrorOf } from './aliyun-rpc/errors'
import { refusalMembers } from './aliyun-rpc/protocol/envelope'

/**
 * What clients look for in the refusal of a request whose head nobody could read, so that nobody knows which dialect it is in.
 * Those of Alibaba take a body without these members for broken; others' look at the status.
 */
export function unreadHeadMembers(error: AppError): object {
  return refusalMembers(vendorErrorOf(error, {}), randomUUID(), '')
}
