import { AppError } from '@libs/kernel'
import { parseHttpUrl } from '@libs/workflow'
import { z } from 'zod'
import { parseLeniently } from '../aliyun-rpc/structured-text'

const longestUrl = 2048
const document = z.object({ NotifyAddress: z.string() })

/**
 * IMS, "UserData" of other jobs: `NotifyAddress` says where to tell of the job. What is not understood is the caller's own.
 * @throws AppError `request.invalidValue` for an address that nothing can be posted to
 */
export function notifyAddressOf(userData: string): string | undefined {
  const address = read(userData)
  if (address === undefined || !/^https?:/i.test(address)) return undefined
  if (address.length <= longestUrl && parseHttpUrl(address) !== undefined) return address
  const message = 'NotifyAddress has to be an absolute http or https URL without credentials.'
  throw new AppError('request.invalidValue', message, { field: 'UserData' })
}

function read(userData: string): string | undefined {
  try {
    return document.safeParse(parseLeniently(userData, 'UserData')).data?.NotifyAddress
  } catch {
    return undefined
  }
}
