import { z } from 'zod'
import { parseLeniently } from '../aliyun-rpc/structured-text'

const document = z.object({
  MessageCallback: z.unknown().optional(),
  Extend: z.unknown().optional(),
})

const callback = z.object({ CallbackURL: z.string().optional() })

/** What UserData says, as far as it is for us. */
export interface UserData {
  readonly callbackUrl: string | undefined
  /** Extend as text, or all of UserData where it has no such member: what the callback tells again. */
  readonly extend: string
}

/** Reads JSON that may be there as itself or as text. @returns undefined for what is no JSON */
function unwrapped(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return parseLeniently(value, 'UserData')
  } catch {
    return undefined
  }
}

/** Whatever callers put there is theirs: what is not understood is told again as it is. */
export function readUserData(text: string): UserData {
  const { data } = document.safeParse(unwrapped(text))
  if (data === undefined) return { callbackUrl: undefined, extend: text }
  const { Extend: extend, MessageCallback } = data
  const url = callback.safeParse(unwrapped(MessageCallback)).data?.CallbackURL
  return {
    callbackUrl: url === '' ? undefined : url,
    extend: extend === undefined ? text : typeof extend === 'string' ? extend : JSON.stringify(extend),
  }
}
