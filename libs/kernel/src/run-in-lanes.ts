/** Does the work on every item, `lanes` at a time. @returns the results in the items' order; the first error stops it */
export async function runInLanes<Item, Result>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const queue = [...items.entries()]
  let failed = false
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined && !failed; next = queue.shift()) {
      const [index, item] = next
      results[index] = await work(item)
    }
  }
  const guarded = (): Promise<void> =>
    lane().catch((error: unknown) => {
      failed = true
      throw error
    })
  const outcomes = await Promise.allSettled(Array.from({ length: lanes }, guarded))
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  return results
}
