/** Exit codes of `npm run demo`; 0 is: every task succeeded and every file was checked. */
export const exitCodes = {
  internal: 1,
  usage: 2,
  start: 3,
  refused: 4,
  taskFailed: 5,
  badFile: 6,
  noEvent: 7,
} as const

/** Why the demo did not succeed, in words for the console. */
export class DemoFailure extends Error {
  constructor(
    readonly reason: keyof typeof exitCodes,
    message: string,
  ) {
    super(message)
    this.name = 'DemoFailure'
  }
}
