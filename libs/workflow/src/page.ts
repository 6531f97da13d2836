/** A part of a list: skip `offset`, then take `limit`. */
export interface PageRequest {
  readonly offset: number
  readonly limit: number
}

export interface Page<Item> {
  readonly totalCount: number
  readonly items: readonly Item[]
}

export function pageOf<Item>(items: readonly Item[], { offset, limit }: PageRequest): Page<Item> {
  return { totalCount: items.length, items: items.slice(offset, offset + limit) }
}
