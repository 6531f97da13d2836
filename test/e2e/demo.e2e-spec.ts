import { inheritedEnv } from '@libs/kernel'
import { makeLumaClock, readClock } from '@libs/testing'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

let folder: string
let outDir: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stillflow-demo-'))
  outDir = join(folder, 'out')
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Runs the demo on its embedded default, as a newcomer would. */
async function demo(...args: string[]): Promise<{ code: number | null; said: string; complained: string }> {
  const script = join(__dirname, '..', '..', 'scripts', 'demo.mjs')
  const child = spawn(process.execPath, [script, '--out', outDir, ...args], {
    env: {
      ...inheritedEnv(),
      DATABASE_URL: undefined,
      REDIS_URL: undefined,
      PORT: '0',
      STILLFLOW_DATA_DIR: folder,
    },
  })
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: child.exitCode, said, complained }
}

describe('npm run demo', () => {
  it('leaves the event, pictures that show their times, and a page', async () => {
    const input = join(folder, 'clock.mp4')
    await makeLumaClock({ path: input, seconds: 8 })
    const { code, said, complained } = await demo('--input', input)
    expect(said + complained).not.toContain('Warning')
    expect(said).toContain('17 pictures checked.')
    expect(said).toMatch(/image-sprites +succeeded, 50 of 50 frames\n/)
    expect(said).toMatch(/sample-snapshot +succeeded, 10 of 10 frames\n/)
    expect(code).toBe(0)
    expect(JSON.parse(readFileSync(join(outDir, 'event.json'), 'utf8'))).toMatchObject({
      EventType: 'ProcedureStateChanged',
      ProcedureStateChangeEvent: { Status: 'FINISH', FileName: 'clock' },
    })
    const stills = join(outDir, 'pictures', '1-snapshot-by-time-offset')
    const seconds = await Promise.all(readdirSync(stills).map((name) => readClock(join(stills, name))))
    expect(seconds).toEqual([1, 2, 4, 6, 7])
    expect(readFileSync(join(outDir, 'index.html'), 'utf8')).toContain('pictures/3-image-sprites/sheet-0.jpg#xywh=0,0,')
  })

  it('says which tasks failed, and why', async () => {
    const input = join(folder, 'text.mp4')
    writeFileSync(input, 'no video')
    const { code, complained } = await demo('--input', input)
    expect(complained).toContain('image sprites failed: media.notMedia: ')
    expect(code).toBe(5)
    expect(readdirSync(outDir).sort()).toEqual(['event.json', 'index.html', 'player.js'])
  })
})
