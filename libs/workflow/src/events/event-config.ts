import type { SubAppId } from '@libs/kernel'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import { type Endpoint, freshEndpoint } from './delivering/endpoint'
import { defaultEventConfig, type EventConfig } from './event'
import { newSecret } from './new-secret'

export class DescribeEventConfig {
  constructor(private readonly work: SubAppWork) {}

  async execute(subAppId: SubAppId): Promise<EventConfig> {
    return (await this.work.run(subAppId, ({ events }) => events.findConfig(subAppId))) ?? defaultEventConfig
  }
}

export class DescribeEndpoint {
  constructor(private readonly work: SubAppWork) {}

  /** @returns how the address that events are pushed to answers; undefined when they are not pushed anywhere */
  async execute(subAppId: SubAppId): Promise<Endpoint | undefined> {
    return this.work.run(subAppId, async ({ events, deliveries }) => {
      const { mode, url } = (await events.findConfig(subAppId)) ?? defaultEventConfig
      if (mode === 'pull' || url === '') return undefined
      return (await deliveries.findEndpoint(subAppId, url)) ?? freshEndpoint
    })
  }
}

export class ModifyEventConfig {
  constructor(private readonly work: SubAppWork) {}

  /**
   * Fields that are absent stay as they are; a secret is made with the first change.
   * Whoever sets it says that the endpoint is there: it starts afresh, and what waited for it is sent.
   */
  async execute(subAppId: SubAppId, change: Partial<EventConfig>): Promise<EventConfig> {
    return this.work.run(subAppId, async ({ events, deliveries }) => {
      const before = (await events.findConfig(subAppId)) ?? defaultEventConfig
      const config = { ...before, ...(before.secret === '' && { secret: newSecret() }), ...change }
      await events.saveConfig(subAppId, config)
      if (config.url !== '') await deliveries.refreshEndpoint(subAppId, config.url)
      return config
    })
  }
}
