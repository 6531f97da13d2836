import { randomBytes } from 'node:crypto'
import type { SubAppId } from '@libs/kernel'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import { defaultEventConfig, type EventConfig } from './event'

export class DescribeEventConfig {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute(subAppId: SubAppId): Promise<EventConfig> {
    return (await this.unitOfWork.stores.events.findConfig(subAppId)) ?? defaultEventConfig
  }
}

export class ModifyEventConfig {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Fields that are absent stay as they are; a secret is made with the first change. */
  async execute(subAppId: SubAppId, change: Partial<EventConfig>): Promise<EventConfig> {
    return this.unitOfWork.run(async ({ events }) => {
      const before = (await events.findConfig(subAppId)) ?? defaultEventConfig
      const config = { ...before, ...(before.secret === '' && { secret: newSecret() }), ...change }
      await events.saveConfig(subAppId, config)
      return config
    })
  }
}

/** Standard Webhooks 1.0.0, "Symmetric signatures": 24 to 64 random bytes. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}
