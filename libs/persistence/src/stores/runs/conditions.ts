/** What rows have to be like: conditions with the values that they compare with, which are never part of the statement. */
export class Conditions {
  readonly values: unknown[]
  private readonly all: string[]

  /** @param always holds for every row @param values the statement's first ones, as `$1`, `$2` … */
  constructor(always: readonly string[], ...values: readonly unknown[]) {
    this.all = [...always]
    this.values = [...values]
  }

  /** @param condition is given the places of the values; with one that is undefined nothing is asked */
  ask(condition: (...places: readonly string[]) => string, ...values: readonly unknown[]): void {
    if (values.includes(undefined)) return
    const first = this.values.length + 1
    this.values.push(...values)
    this.all.push(condition(...values.map((_, index) => `$${first + index}`)))
  }

  toString(): string {
    return this.all.join(' and ')
  }
}
