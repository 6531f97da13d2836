import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Where root keeps what PostgreSQL's own user must reach and cannot reach in the checkout. */
export const systemFolder = '/var/lib/stillflow'

export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/**
 * Whom PostgreSQL has to run as: it refuses root, so root lends it the account `postgres` where there is one, else
 * `nobody`, and changes nothing in the machine's list of accounts. Undefined for an ordinary user, who runs it as himself.
 */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name, , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]),
  )
  const user = accounts.get('postgres') ?? accounts.get('nobody')
  if (!user)
    throw new Error('PostgreSQL refuses to run as root and there is no user "postgres" or "nobody" to run it as.')
  return user
}

/** Whether `user` may open `path`: it, and pass every folder above it. */
export function canReach(path: string, user: ServerUser): boolean {
  const { mode, uid, gid } = statSync(path)
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0
  const mayPass = ((mode >> shift) & 0o1) === 1
  const parent = dirname(path)
  return mayPass && (parent === path || canReach(parent, user))
}
