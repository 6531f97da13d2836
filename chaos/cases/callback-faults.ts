import { setTimeout as wait } from 'node:timers/promises'
import type { Treatment } from '../clients/receiver'
import type { FaultCase, Harm } from '../fault-case'
import type { Lab } from '../lab/lab'

const minuteMs = 60_000
/** The schedule that is promised; only its first waits come up here. */
const waitsMs = [5_000, 5 * minuteMs, 30 * minuteMs, 120 * minuteMs, 300 * minuteMs]
/** Of a wait to either side, and how late it may be looked at. */
const spread = 0.25
const lookMs = 1_000

/** More than half of all attempts go wrong, each in one of seven ways. */
function treatment({ chance }: Harm): Treatment {
  const roll = chance.next()
  if (roll < 0.25) return 500
  if (roll < 0.35) return { status: 200, afterMs: 20_000 }
  if (roll < 0.42) return { status: 200, afterMs: 4_000 }
  if (roll < 0.48) return 'reset'
  if (roll < 0.53) return { status: 302, afterMs: 0, headers: { location: '/elsewhere' } }
  if (roll < 0.56) return { status: 429, afterMs: 0, headers: { 'retry-after': '2' } }
  return 200
}

interface WaitingDelivery {
  readonly event_id: string
  readonly attempt: number
  readonly wait_ms: number
}

/** Has deliveries whose next attempt is minutes away made at once. */
async function hurry(lab: Lab): Promise<void> {
  await lab.query(`update delivery set due_at = now() where state = 'pending' and due_at > now() + interval '7 s'`)
}

/** From now on every delivery arrives; those that failed before do not wait for minutes. */
export async function deliverTheRest(lab: Lab, rush: () => Promise<void> = () => hurry(lab)): Promise<void> {
  lab.receiver.treat = () => 200
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    await rush()
    const [row] = await lab.query<{ open: number }>(
      `select count(*)::int as open from delivery where state in ('pending', 'sending')`,
    )
    if (row?.open === 0) break
    await wait(lookMs / 4)
  }
}

/** Measures the waits that failed attempts brought, and has those of minutes end at once. @returns complaints */
async function hurryDeliveries({ lab }: Harm, seen: Set<string>): Promise<readonly string[]> {
  const rows = await lab.query<WaitingDelivery>(
    `select event_id, attempt, extract(epoch from due_at - now()) * 1000 as wait_ms
     from delivery where state = 'pending' and attempt > 0 and due_at > now()`,
  )
  const fresh = rows.filter(({ event_id, attempt }) => !seen.has(`${event_id} ${attempt}`))
  for (const { event_id, attempt } of fresh) seen.add(`${event_id} ${attempt}`)
  await hurry(lab)
  return fresh.flatMap(({ attempt, wait_ms }) => {
    const promised = waitsMs[attempt - 1]
    if (promised === undefined) return []
    const isKept = wait_ms <= promised * (1 + spread) && wait_ms >= promised * (1 - spread) - lookMs
    return isKept ? [] : [`attempt ${attempt} is followed by a wait of ${Math.round(wait_ms)} ms`]
  })
}

/** F20: a receiver that fails, stalls, hangs up, sends elsewhere and asks for patience. */
export const callbackChaos: FaultCase = {
  id: 'F20',
  title: 'a receiver that fails in seven ways',
  backends: ['redis', 'postgres'],
  runs: 1_000,
  convergeWithinS: 120,
  async harm(harm) {
    const { lab, complain, isOver } = harm
    const seen = new Set<string>()
    const rush = async () => {
      for (const complaint of await hurryDeliveries(harm, seen)) complain(complaint)
    }
    lab.receiver.treat = () => treatment(harm)
    do {
      await rush()
      await wait(lookMs / 4)
    } while (!isOver())
    await deliverTheRest(lab, rush)
    return lab.receiver.arrivals.filter(({ answered }) => !answered).length
  },
}
