import { GuardedFetcher } from '@libs/egress'
import type { DoctorSettings } from '../doctor-env'
import type { Examination } from '../finding'

const answerMs = 5_000
/** An allowance of more than a sixteenth of all addresses of IPv4 is hardly meant. */
const narrowestBits = 4

/** Where URLs in results lead, what may be reached outside, and whether one that was named is. */
export function examineEgress(settings: DoctorSettings, url: string | undefined): readonly Examination[] {
  return [
    {
      about: 'public url',
      advice: 'set PUBLIC_URL to where clients find the API; results and upload URLs begin with it',
      look: () => lookAtPublicUrl(settings),
    },
    { about: 'egress', advice: 'see EGRESS_ALLOW', look: async () => judgeAllowances(settings) },
    ...(url === undefined ? [] : [fetching(url, settings)]),
  ]
}

async function lookAtPublicUrl({ PUBLIC_URL, PORT }: DoctorSettings) {
  const base = (PUBLIC_URL ?? `http://localhost:${PORT}`).replace(/\/+$/, '')
  const status = await fetch(`${base}/healthz`, { signal: AbortSignal.timeout(answerMs) }).then(
    (response) => response.status,
    () => undefined,
  )
  if (status === 200) return [{ verdict: 'well', text: `${base} answers` } as const]
  const text = status === undefined ? `nothing answers at ${base} from here` : `${base}/healthz answers with ${status}`
  const advice = 'start the API; if it runs and is found elsewhere, set PUBLIC_URL'
  return [{ verdict: 'look', text, advice } as const]
}

function judgeAllowances({ EGRESS_ALLOW: allowed }: DoctorSettings) {
  const wide = allowed.filter((range) => Number(range.split('/')[1]) < narrowestBits)
  const text = allowed.length === 0 ? 'public addresses only' : `public addresses, and ${allowed.join(', ')}`
  if (wide.length === 0) return [{ verdict: 'well', text: `pulls and callbacks reach ${text}` } as const]
  const advice = `callers can have anything in ${wide.join(', ')} fetched: name the networks that are meant in EGRESS_ALLOW`
  return [{ verdict: 'look', text: `pulls and callbacks reach ${text}`, advice } as const]
}

function fetching(url: string, settings: DoctorSettings): Examination {
  return {
    about: 'url',
    advice: 'see whether this machine may reach it: firewall, DNS, and EGRESS_ALLOW for private addresses',
    async look() {
      const stream = await new GuardedFetcher(settings).open(url, AbortSignal.timeout(6 * answerMs))
      try {
        for await (const chunk of stream) {
          return [{ verdict: 'well', text: `${url} can be pulled (its first ${(chunk as Buffer).length} bytes came)` }]
        }
        return [{ verdict: 'look', text: `${url} is empty` }]
      } finally {
        stream.destroy()
      }
    },
  }
}
