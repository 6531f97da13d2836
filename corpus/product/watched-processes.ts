import { readdirSync, readFileSync } from 'node:fs'

interface Process {
  readonly pid: number
  readonly parent: number
  readonly rssBytes: number
  readonly command: string
}

const pageBytes = 4096
const sampleEveryMs = 200

/** Looks at the product's processes while it works: who lives, and what each app holds together with its tools. */
export class WatchedProcesses {
  /** By app, in bytes. */
  readonly peaks = new Map<string, number>()
  private readonly timer: NodeJS.Timeout
  private readonly apps: ReadonlyMap<number, string>

  /** @param folder a path that only the watched product's processes carry in their environment */
  constructor(private readonly folder: string) {
    this.apps = this.findApps()
    this.timer = setInterval(() => this.sample(), sampleEveryMs)
  }

  stop(): void {
    clearInterval(this.timer)
  }

  /** Apps that are not the processes any more that they were at first. */
  replaced(): readonly string[] {
    const now = this.findApps()
    return [...this.apps].filter(([pid, name]) => now.get(pid) !== name).map(([, name]) => name)
  }

  /** What runs below the apps: tools that are at work, or were left. */
  tools(): readonly string[] {
    const all = listProcesses()
    return [...this.apps.keys()].flatMap((pid) => below(pid, all).map(({ command }) => command))
  }

  private sample(): void {
    const all = listProcesses()
    for (const [pid, name] of this.apps) {
      const own = all.find((process) => process.pid === pid)
      const heldBytes = [...(own ? [own] : []), ...below(pid, all)].reduce((sum, { rssBytes }) => sum + rssBytes, 0)
      this.peaks.set(name, Math.max(this.peaks.get(name) ?? 0, heldBytes))
    }
  }

  private findApps(): ReadonlyMap<number, string> {
    const apps = listProcesses().flatMap(({ pid, command }) => {
      const [, name] = /dist\/apps\/([a-z-]+)\/src\/main\.js/.exec(command) ?? []
      const isOurs = read(`/proc/${pid}/environ`).includes(`STILLFLOW_DATA_DIR=${this.folder}`)
      return name !== undefined && isOurs ? [[pid, name] as const] : []
    })
    return new Map(apps)
  }
}

function listProcesses(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`)
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (fields.length < 22) return []
      const command = read(`/proc/${name}/cmdline`).replaceAll('\0', ' ')
      return [{ pid: Number(name), parent: Number(fields[1]), rssBytes: Number(fields[21]) * pageBytes, command }]
    })
}

function below(pid: number, all: readonly Process[]): readonly Process[] {
  return all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid, all)])
}

/** Empty for a process that has just ended or is somebody else's. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
