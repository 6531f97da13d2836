import type { components } from './openapi-types'

export type Problem = components['schemas']['Problem']

/** A refusal: what the API says of it, where it is the API that answered. */
export class ApiProblem extends Error {
  readonly status: number
  /** Why, out of a closed list; undefined when something in between answered. */
  readonly code: Problem['code'] | undefined
  /** The path of what is wrong in the request. */
  readonly field: string | undefined
  /** When to come again, where waiting helps. */
  readonly retryAfterS: number | undefined

  constructor({ status, url, headers }: Response, told: unknown) {
    const problem = isProblem(told) ? told : undefined
    super(`${new URL(url).pathname} was answered ${status}: ${problem?.detail ?? textOf(told)}`)
    this.name = 'ApiProblem'
    this.status = status
    this.code = problem?.code
    this.field = problem?.field
    const retryAfter = headers.get('retry-after')
    this.retryAfterS = retryAfter === null ? undefined : Number(retryAfter)
  }
}

/** What a call of the client gives: the answer, or the refusal. */
interface Called<Answer> {
  readonly data?: Answer
  readonly error?: unknown
  readonly response: Response
}

/**
 * The answer itself.
 * @param called a call of the client that has not ended
 * @throws ApiProblem for any answer that is no success; TypeError when there was none
 */
export async function answerOf<Answer>(called: Promise<Called<Answer>>): Promise<Answer> {
  const { data, error, response } = await called
  if (!response.ok) throw new ApiProblem(response, error)
  // Only an answer without a body has no data, and its type says so.
  return data as Answer
}

function isProblem(told: unknown): told is Problem {
  return typeof told === 'object' && told !== null && 'code' in told && 'detail' in told
}

function textOf(told: unknown): string {
  return typeof told === 'string' ? told.slice(0, 500) : 'without a reason.'
}
