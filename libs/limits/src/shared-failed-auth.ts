import { AppError } from '@libs/kernel'
import { FailedAuth } from '@libs/workflow'
import type { RedisConnection } from '@libs/redis'
import { parse, isValid, IPv6 } from 'ipaddr.js'
import { RateLimiterRes } from 'rate-limiter-flexible'
import { type Counter, openCounter } from './counter'
import { ExpiringSet } from './expiring-set'

const windowSeconds = 60
const mostRemembered = 10_000

/**
 * Counts failures in Redis for all processes, and notes in each process who has had enough: refusing costs nothing, and a
 * process learns with the first failure that it sees what was counted elsewhere.
 */
export class SharedFailedAuth extends FailedAuth {
  private readonly counter: Counter | undefined
  private readonly failed = new ExpiringSet(mostRemembered)
  private readonly refused = new ExpiringSet(mostRemembered)

  /** @param perMinute how many failures are too many; 0 counts none */
  constructor(perMinute: number, redis: RedisConnection | undefined) {
    super()
    if (perMinute === 0) return
    const window = { keyPrefix: 'stillflow:failures', points: perMinute, duration: windowSeconds }
    this.counter = openCounter(window, redis)
  }

  override refuse(address: string, secretId?: string): void {
    const from = networkOf(address)
    const isKeyRefused = secretId !== undefined && this.failed.has(from) && this.refused.has(keyOf(secretId))
    if (!isKeyRefused && !this.refused.has(from)) return
    throw new AppError('auth.tooOften', 'Access keys were wrong too often; try again in a minute.')
  }

  override async note(address: string, secretId: string | undefined): Promise<void> {
    const from = networkOf(address)
    this.failed.add(from, windowSeconds * 1_000)
    await Promise.all([this.count(from), secretId !== undefined && this.count(keyOf(secretId))])
  }

  private async count(who: string): Promise<void> {
    if (this.counter === undefined) return
    const counted = await this.counter.consume(who).catch((thrown: unknown) => {
      if (thrown instanceof RateLimiterRes) return thrown
      throw thrown
    })
    if (counted.remainingPoints <= 0) this.refused.add(who, counted.msBeforeNext)
  }
}

const keyOf = (secretId: string): string => `key:${secretId}`

/** An IPv6 client has at least 2^64 addresses of its own. */
function networkOf(address: string): string {
  const parsed = isValid(address) ? parse(address) : undefined
  if (!(parsed instanceof IPv6)) return `from:${address}`
  if (parsed.isIPv4MappedAddress()) return `from:${parsed.toIPv4Address().toString()}`
  return `from:${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}
