import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Workspaces } from '../src/workspaces'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'workspaces-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const opened = async (): Promise<Workspaces> => {
  const workspaces = new Workspaces(root)
  await workspaces.prepare()
  return workspaces
}

/** The id of a process that is no more. */
async function deadPid(): Promise<number> {
  const child = spawn('true')
  await once(child, 'exit')
  return child.pid ?? NaN
}

describe('Workspaces', () => {
  it('lends every task an empty folder of its own, and takes it back with all that is in it', async () => {
    const workspaces = await opened()
    const use = (): Promise<string> =>
      workspaces.lend(async (folder) => {
        expect(readdirSync(folder)).toEqual([])
        await mkdir(join(folder, 'cells'))
        writeFileSync(join(folder, 'cells', 'a.png'), 'x')
        return folder
      })
    const [first, second] = await Promise.all([use(), use()])
    expect(first).not.toBe(second)
    expect([first, second].filter(existsSync)).toEqual([])
  })

  it('takes it back when the task fails', async () => {
    const workspaces = await opened()
    let lent = ''
    const failing = workspaces.lend(async (folder) => {
      lent = folder
      writeFileSync(join(folder, 'half'), 'x')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(existsSync(lent)).toBe(false)
  })

  it('removes what a process left that died after this one began, before the next task', async () => {
    const workspaces = await opened()
    const dead = join(root, `stillflow-worker-${hostname()}-${await deadPid()}`)
    await mkdir(dead)
    await workspaces.lend(() => Promise.resolve())
    expect(existsSync(dead)).toBe(false)
  })

  it('removes what dead processes of this host left, and nothing else', async () => {
    const dead = join(root, `stillflow-worker-${hostname()}-${await deadPid()}`)
    const alive = join(root, `stillflow-worker-${hostname()}-${process.ppid}`)
    const elsewhere = join(root, `stillflow-worker-another-host-${await deadPid()}`)
    const foreign = join(root, 'somebody-else')
    // After a restart a container's process has the id of the one before.
    const before = join(root, `stillflow-worker-${hostname()}-${process.pid}`, 'task-old')
    for (const folder of [dead, alive, elsewhere, foreign, before]) await mkdir(folder, { recursive: true })
    const workspaces = await opened()
    expect([dead, before].filter(existsSync)).toEqual([])
    expect([alive, elsewhere, foreign].every(existsSync)).toBe(true)
    await workspaces.removeAll()
    expect(readdirSync(root)).toHaveLength(3)
  })
})
