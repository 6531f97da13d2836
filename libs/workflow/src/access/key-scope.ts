import { AppError } from '@libs/kernel'

/** What a key can be for; docs/rest.md says what each lets do. */
export const keyScopes = ['read', 'upload', 'process', 'events', 'manage', 'admin'] as const
export type KeyScope = (typeof keyScopes)[number]

/** What a key is for; a key of which nothing is said is for everything. */
export interface Scoped {
  readonly scopes?: readonly KeyScope[]
}

export function isFor({ scopes }: Scoped, needed: KeyScope): boolean {
  return scopes === undefined || scopes.includes(needed)
}

/** @throws AppError `auth.forbidden` naming the scope that the key lacks */
export function refuseOutOfScope(key: Scoped, needed: KeyScope): void {
  if (isFor(key, needed)) return
  throw new AppError('auth.forbidden', `The key has not the scope "${needed}", which this takes.`)
}
