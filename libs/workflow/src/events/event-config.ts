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

  /** Fields that are absent stay as they are. */
  async execute(subAppId: SubAppId, change: Partial<EventConfig>): Promise<EventConfig> {
    return this.unitOfWork.run(async ({ events }) => {
      const config = { ...((await events.findConfig(subAppId)) ?? defaultEventConfig), ...change }
      await events.saveConfig(subAppId, config)
      return config
    })
  }
}
