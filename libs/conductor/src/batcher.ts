interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Does together what comes while the last lot is being done: a lone item waits for nobody, and many cost little more
 * than one.
 */
export class Batcher<Item, Result> {
  private waiting: Waiting<Item, Result>[] = []
  private isBusy = false

  /**
   * @param work does a lot and returns the results in its order; when it throws, the items of the lot are tried alone,
   * so that one of them cannot spoil the others
   */
  constructor(
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly largest: number,
  ) {}

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject })
      if (this.isBusy) return
      this.isBusy = true
      setImmediate(() => void this.drain())
    })
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) await this.doLot(this.waiting.splice(0, this.largest))
    this.isBusy = false
  }

  private async doLot(lot: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.work(lot.map(({ item }) => item))
      lot.forEach(({ resolve, reject }, index) => {
        const result = results[index]
        if (result === undefined) reject(new Error('A batch brought too few results.'))
        else resolve(result)
      })
    } catch (thrown) {
      const [only, ...others] = lot
      if (only !== undefined && others.length === 0) only.reject(thrown)
      else for (const each of lot) await this.doLot([each])
    }
  }
}
