import type { Usage } from './read-usage'

/** Of a process that sleeps: the share of a processor that it may take meanwhile. */
const idleShare = 0.02

/**
 * Tells a tool that works from one that hangs. Decoders read as they go, so one that neither reads nor writes is waiting for
 * nothing, or turns in a circle. Time is counted in looks: of a machine that slept or was busy no look is missed.
 */
export class StallJudge {
  private last: Usage | undefined
  private looks = 0

  constructor(private readonly limits: { readonly stallS: number; readonly cpuS: number }) {}

  /**
   * @param usage a second after the one before
   * @param isOwed whether the tool waits for its input
   * @returns what is wrong, undefined as long as nothing is
   */
  add(usage: Usage, isOwed: boolean): string | undefined {
    const { stallS, cpuS } = this.limits
    if (usage.cpuS > cpuS) return `took more than ${cpuS} s of processor time`
    if (this.last === undefined || isOwed || usage.movedBytes !== this.last.movedBytes) {
      this.last = usage
      this.looks = 0
      return undefined
    }
    this.looks += 1
    const spentS = usage.cpuS - this.last.cpuS
    const sleeps = this.looks >= stallS && spentS <= idleShare * this.looks
    return sleeps || spentS >= stallS ? `made no headway for ${stallS} s` : undefined
  }
}
