// Loaded into a child before the program: its clock is CLOCK_AHEAD_MS ahead (or, below zero, behind).
const ahead = Number(process.env.CLOCK_AHEAD_MS)
const Real = Date
globalThis.Date = class SetDate extends Real {
  constructor(...args) {
    if (args.length === 0) super(Real.now() + ahead)
    else super(...args)
  }
  static now() {
    return Real.now() + ahead
  }
}
