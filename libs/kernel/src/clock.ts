/** Where the time comes from; a port so that tests can stand still. */
export abstract class Clock {
  abstract nowMs(): number
}

export class SystemClock extends Clock {
  nowMs(): number {
    return Date.now()
  }
}
