/**
 * Deals items out so that the shares weigh about the same: the heaviest first, each to the lightest share.
 * @returns at most `count` shares, none empty, each in the order of the items
 */
export function shareOut<Item>(
  items: readonly Item[],
  count: number,
  weigh: (item: Item) => number,
): readonly (readonly Item[])[] {
  const shares = Array.from({ length: count }, () => ({ weight: 0, places: new Array<number>() }))
  const byWeight = items.map((item, place) => ({ place, weight: weigh(item) })).sort((a, b) => b.weight - a.weight)
  for (const { place, weight } of byWeight) {
    const lightest = shares.reduce((least, share) => (share.weight < least.weight ? share : least))
    lightest.weight += weight
    lightest.places.push(place)
  }
  return shares
    .filter(({ places }) => places.length > 0)
    .map(({ places }) => places.sort((a, b) => a - b).flatMap((place) => items.slice(place, place + 1)))
}
