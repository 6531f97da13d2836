/** Where the corpus's own servers are: the one private address that the product is allowed to reach. */
export const originHost = '127.0.0.2'
/** Where nothing may ever be asked for. */
export const trapHost = '127.0.0.1'
/** Names that the fake resolver knows end so. */
export const fakeDomain = 'corpus.test'
