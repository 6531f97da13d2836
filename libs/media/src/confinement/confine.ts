import { dirname, isAbsolute, resolve } from 'node:path'
import type { ToolLimits } from '../media.env'

/** What a process is held in, as far as this machine has it. */
export interface Confinement {
  readonly limits: ToolLimits
  /** `prlimit` and `setpriv` of util-linux. */
  readonly hasPrlimit: boolean
  readonly hasSetpriv: boolean
  /** bubblewrap. */
  readonly isSandboxed: boolean
}

/** One start of a tool. */
export interface ToolCall {
  /** A name on PATH below a system folder, or a path. */
  readonly tool: string
  readonly args: readonly string[]
  /** The one file that it reads. */
  readonly reads?: string | undefined
  /** The one folder that it writes in. */
  readonly writes?: string | undefined
}

/** Below interactive work, so that a machine full of decoding still answers. */
const niceness = 5
/** Of eight inputs, their outputs and what libraries open. */
const openFiles = 256
/** Our own clock ends a process before the kernel has to. */
const graceS = 10

/** Programs and libraries. Nothing else of the machine is in a sandbox: no settings, no home, no other media, no `/proc`. */
const systemPlaces = [...['/usr', '/bin', '/sbin', '/lib', '/lib64'], ...['/etc/ld.so.cache', '/etc/alternatives']]

/**
 * The tokens that start a tool: the programs that confine it, each starting the next in its own place, then the tool.
 * @param workerPid the process that starts it
 */
export function confine(call: ToolCall, confinement: Confinement, workerPid = process.pid): readonly string[] {
  return [
    ...['nice', '-n', String(niceness)],
    ...(confinement.hasPrlimit ? limited(confinement.limits) : []),
    ...(confinement.hasSetpriv ? tied(confinement, workerPid) : []),
    ...(confinement.isSandboxed ? sandbox(call, workerPid) : []),
    call.tool,
    ...call.args,
  ]
}

function limited({ memoryBytes, fileBytes, cpuS }: ToolLimits): readonly string[] {
  return [
    'prlimit',
    `--as=${memoryBytes}`,
    `--fsize=${fileBytes}`,
    `--cpu=${cpuS + graceS}`,
    `--nofile=${openFiles}`,
    '--core=0',
    '--',
  ]
}

/**
 * A tool never outlives the worker, even one that is killed with SIGKILL: the kernel is asked for a signal, and after that
 * whether the worker had not gone before. bubblewrap gives up privileges itself, with some it may not have been let before.
 */
function tied({ isSandboxed }: Confinement, workerPid: number): readonly string[] {
  return [
    ...['setpriv', '--pdeathsig', 'KILL', ...(isSandboxed ? [] : ['--no-new-privs']), '--'],
    ...['sh', '-c', '[ "$PPID" = "$0" ] && exec "$@"', String(workerPid)],
  ]
}

const ownerName = 'STILLFLOW_WORKER_PID'

/** @param args of a bubblewrap @returns the process id of the worker that started it */
export function sandboxOwner(args: readonly string[]): number | undefined {
  const at = args.indexOf(ownerName)
  return at === -1 ? undefined : Number(args[at + 1])
}

/**
 * No network, no other processes, nothing to write but the folder. No `--new-session`: tools are started in a session of
 * their own already, and their group has to stay one that can be killed.
 */
function sandbox({ tool, reads, writes }: ToolCall, workerPid: number): readonly string[] {
  return [
    ...['bwrap', '--unshare-all', '--die-with-parent', '--cap-drop', 'ALL', '--setenv', ownerName, String(workerPid)],
    ...systemPlaces.flatMap((place) => ['--ro-bind-try', place, place]),
    ...['--dev', '/dev'],
    ...(isAbsolute(tool) ? ['--ro-bind', dirname(tool), dirname(tool)] : []),
    ...(writes === undefined ? [] : ['--bind', resolve(writes), resolve(writes)]),
    ...(reads === undefined ? [] : ['--ro-bind', resolve(reads), resolve(reads)]),
    ...['--remount-ro', '/', '--chdir', '/', '--'],
  ]
}
