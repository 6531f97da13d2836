import { setTimeout as wait } from 'node:timers/promises'

const lookEveryMs = 25

/**
 * Asks again until there is an answer.
 * @param what completes the complaint "… did not come within …"
 */
export async function waitFor<Value>(
  what: string,
  limitMs: number,
  ask: () => Value | undefined | Promise<Value | undefined>,
): Promise<Value> {
  const givenUpAtMs = Date.now() + limitMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > givenUpAtMs) throw new Error(`${what} did not come within ${limitMs} ms.`)
    await wait(lookEveryMs)
  }
}
