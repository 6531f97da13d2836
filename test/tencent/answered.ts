/**
 * The members of the vendor's structures that answers and events carry. The end-to-end lives of the official clients see
 * all of them, and nothing else.
 */
export const answered: Readonly<Record<string, readonly string[]>> = {}
