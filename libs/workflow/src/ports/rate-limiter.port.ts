export abstract class RateLimiter {
  /**
   * Counts a call. It never fails and never waits long: a limit that cannot be counted everywhere is counted here.
   * @param who whose calls are counted together
   * @param perSecond the limit, unless the installation sets another for the action
   * @returns false when the limit is reached
   */
  abstract take(who: string, action: string, perSecond: number): Promise<boolean>
}
