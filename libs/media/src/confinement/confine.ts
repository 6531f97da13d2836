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

/** The tokens that start a tool: the programs that confine it, each starting the next in its own place, then the tool. */
export function confine(call: ToolCall, confinement: Confinement): readonly string[] {
  return [
    ...['nice', '-n', String(niceness)],
    ...(confinement.hasPrlimit ? limited(confinement.limits) : []),
    ...tied(call, confinement),
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

/** A tool never outlives the worker, even one that is killed with SIGKILL. */
function tied(call: ToolCall, { hasSetpriv, isSandboxed }: Confinement): readonly string[] {
  if (isSandboxed) return sandbox(call)
  return hasSetpriv ? ['setpriv', '--pdeathsig', 'KILL', '--no-new-privs', '--'] : []
}

/**
 * No network, no other processes, nothing to write but the folder. No `--new-session`: tools are started in a session of
 * their own already, and their group has to stay one that can be killed.
 */
function sandbox({ tool, reads, writes }: ToolCall): readonly string[] {
  return [
    ...['bwrap', '--unshare-all', '--die-with-parent', '--cap-drop', 'ALL'],
    ...systemPlaces.flatMap((place) => ['--ro-bind-try', place, place]),
    ...['--dev', '/dev'],
    ...(isAbsolute(tool) ? ['--ro-bind', dirname(tool), dirname(tool)] : []),
    ...(writes === undefined ? [] : ['--bind', resolve(writes), resolve(writes)]),
    ...(reads === undefined ? [] : ['--ro-bind', resolve(reads), resolve(reads)]),
    ...['--remount-ro', '/', '--chdir', '/', '--'],
  ]
}
