import { endOrphans } from '@libs/media'
import { testMediaTools } from '@libs/testing'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { confine } from '../src/confinement/confine'

const { confinement } = testMediaTools()

/** Waits for ever under the name and with the words of a sandbox, as one does that was left half built. */
async function aSandboxOf(workerPid: number): Promise<ChildProcess> {
  const tokens = confine({ tool: 'ffmpeg', args: [] }, { ...confinement, isSandboxed: true }, workerPid)
  const args = tokens.slice(tokens.indexOf('bwrap') + 1)
  const waits = 'process.stdout.write("."); setInterval(() => undefined, 1e6)'
  const child = spawn(process.execPath, ['-e', waits, '--', ...args], {
    argv0: 'bwrap',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(child.stdout, 'data')
  return child
}

it('a sandbox that was half built when its worker was killed is ended by the next one, and no other', async () => {
  const gone = spawnSync('true').pid
  const [orphan, ours] = [await aSandboxOf(gone), await aSandboxOf(process.pid)]
  try {
    const ended = once(orphan, 'exit')
    await endOrphans()
    expect(await ended).toEqual([null, 'SIGKILL'])
    expect(ours.exitCode ?? ours.signalCode).toBeNull()
  } finally {
    for (const child of [orphan, ours]) child.kill('SIGKILL')
  }
})
