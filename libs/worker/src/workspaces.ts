import { assertRoom } from '@libs/kernel'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Process ids mean something on their own host (or container) only. */
const prefix = `stillflow-worker-${hostname()}-`

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Private folders for executions, below one folder of this process. */
export class Workspaces {
  private readonly own: string

  /**
   * @param root may be shared with other workers, on this host and others; made when it is not there
   * @param minFreeBytes what is left alone of its disk
   */
  constructor(
    private readonly root: string,
    private readonly minFreeBytes = 0,
  ) {
    this.own = join(root, `${prefix}${process.pid}`)
  }

  /** Removes what processes left behind that did not live to do so, and makes this process's own folder. */
  async prepare(): Promise<void> {
    await rm(this.own, { recursive: true, force: true })
    await mkdir(this.own, { recursive: true, mode: 0o700 })
    await this.removeDead()
  }

  private async removeDead(): Promise<void> {
    for (const name of await readdir(this.root)) {
      const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : NaN
      if (Number.isInteger(pid) && !isAlive(pid)) await rm(join(this.root, name), { recursive: true, force: true })
    }
  }

  /** Lends a new, empty folder for as long as the work takes. @throws AppError `storage.full` before the work begins */
  async lend<Result>(work: (workspace: string) => Promise<Result>): Promise<Result> {
    // Another worker may have died since this one began; what it left must not fill the disk until one is started.
    await this.removeDead().catch(() => undefined)
    await assertRoom(this.root, this.minFreeBytes)
    const workspace = await mkdtemp(join(this.own, 'task-'))
    try {
      return await work(workspace)
    } finally {
      await rm(workspace, { recursive: true, force: true })
    }
  }

  async removeAll(): Promise<void> {
    await rm(this.own, { recursive: true, force: true })
  }
}
