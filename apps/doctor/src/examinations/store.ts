import { openStorage } from '@libs/storage'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { DoctorSettings } from '../doctor-env'
import type { Examination } from '../finding'

const trial = Buffer.from('Stillflow looks whether this storage gives back what it was given.')
const part = { positionBytes: 10, lengthBytes: 5 }
const limitMs = 30_000

/** Writes a small file, reads a part of it, and removes it again. */
export function examineStore(settings: DoctorSettings): Examination {
  return {
    about: 'store',
    advice: 'let this user read, write and delete where STORAGE_URL points; for S3 see the AWS settings too',
    async look() {
      const { sources } = openStorage(settings)
      const key = `doctor/${randomUUID()}`
      const workspace = await mkdtemp(join(tmpdir(), 'stillflow-doctor-'))
      const startedMs = performance.now()
      try {
        await sources.put(key, Readable.from([trial]))
        const signal = AbortSignal.timeout(limitMs)
        const file = await sources.open(key, workspace, signal)
        const read = await file.read(part.positionBytes, part.lengthBytes, signal)
        const { positionBytes, lengthBytes } = part
        if (!read.equals(trial.subarray(positionBytes, positionBytes + lengthBytes)))
          throw new Error('it gave other bytes back than it was given')
      } finally {
        await sources.remove(key)
        await rm(workspace, { recursive: true, force: true })
      }
      const tookMs = Math.round(performance.now() - startedMs)
      return [{ verdict: 'well', text: `${settings.STORAGE_URL} stores, reads in parts and removes (${tookMs} ms)` }]
    },
  }
}
