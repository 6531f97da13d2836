import { examineDatabase, openKeyring } from '@libs/persistence'
import { migrations } from '../../../../migrations'
import type { DoctorSettings } from '../doctor-env'
import type { Examination } from '../finding'

/** Signatures of vendors' clients are good for minutes, signed URLs for seconds more or less. */
const clockToleranceMs = 2_000

export function examineTheDatabase(settings: DoctorSettings): Examination {
  return {
    about: 'database',
    advice: 'start PostgreSQL, and set DATABASE_URL to it: postgres://user:password@host:port/database',
    async look() {
      const names = migrations.map(({ name }) => name)
      const { version, aheadMs, findings } = await examineDatabase(settings.DATABASE_URL, openKeyring(settings), names)
      const clock = `its clock is ${Math.abs(aheadMs)} ms ${aheadMs < 0 ? 'behind' : 'ahead of'} this machine's`
      return [
        { verdict: 'well', text: `PostgreSQL ${version} answers` },
        ...findings.map((text) => ({ verdict: 'broken', text, advice: adviceOn(text) }) as const),
        Math.abs(aheadMs) < clockToleranceMs
          ? { verdict: 'well', text: clock }
          : { verdict: 'look', text: clock, advice: 'set both clocks by NTP: signed calls and URLs have their times' },
      ]
    },
  }
}

function adviceOn(finding: string): string {
  if (finding.includes('schema')) return 'run the migrations: node dist/apps/migrate/src/main.js'
  if (finding.includes('no writes')) return 'see whether it is a standby, read-only, or out of disk'
  return 'see docs/operations.md'
}
