import { queueCheck } from '@libs/queue'
import type { DoctorSettings } from '../doctor-env'
import type { Examination } from '../finding'

export function examineQueue(settings: DoctorSettings): Examination {
  const check = queueCheck(settings, 'broken')
  const where = settings.REDIS_URL === undefined ? 'PostgreSQL, at QUEUE_DATABASE_URL' : 'Redis, at REDIS_URL'
  return {
    about: 'queue',
    advice: `start it, or set where it is: it is in ${where}`,
    async look() {
      const findings = await check.look()
      return [
        { verdict: 'well', text: `it is in ${where}, and answers` },
        ...findings.map((text) => ({ verdict: 'look', text, advice: 'see "Probes" in docs/operations.md' }) as const),
      ]
    },
  }
}
