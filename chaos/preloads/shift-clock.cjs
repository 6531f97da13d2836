// A machine whose clock is wrong by CHAOS_CLOCK_SHIFT_MS, and which jumps back an hour at each SIGUSR2.
const RealDate = Date
let shiftMs = Number(process.env.CHAOS_CLOCK_SHIFT_MS ?? 0)
process.on('SIGUSR2', () => {
  shiftMs -= 3_600_000
})

globalThis.Date = class extends RealDate {
  constructor(...values) {
    if (values.length === 0) super(RealDate.now() + shiftMs)
    else super(...values)
  }

  static now() {
    return RealDate.now() + shiftMs
  }
}
