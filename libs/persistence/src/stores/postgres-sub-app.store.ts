import type { SubAppId } from '@libs/kernel'
import { type SubApp, type SubAppChange, SubAppStore } from '@libs/workflow'
import type { EntityManager } from 'typeorm'
import { SubAppEntity } from '../entities/access/sub-app.entity'

function toSubApp({ id, name, description, state, createdAt }: SubAppEntity): SubApp {
  return { id: id as SubAppId, name, description, state, createdAt }
}

export class PostgresSubAppStore extends SubAppStore {
  constructor(private readonly manager: EntityManager) {
    super()
  }

  override async insert(
    about: Pick<SubApp, 'name' | 'description'>,
    most: number,
    at: Date,
  ): Promise<SubApp | undefined> {
    // Of two that come at once, the second counts the first.
    await this.manager.query('lock table sub_app in exclusive mode')
    if ((await this.manager.count(SubAppEntity)) >= most) return undefined
    return toSubApp(await this.manager.save(SubAppEntity, { ...about, state: 'on', createdAt: at }))
  }

  override async find(id: SubAppId): Promise<SubApp | undefined> {
    const row = await this.manager.findOneBy(SubAppEntity, { id })
    return row === null ? undefined : toSubApp(row)
  }

  override async list(): Promise<readonly SubApp[]> {
    return (await this.manager.find(SubAppEntity, { order: { id: 'asc' } })).map(toSubApp)
  }

  override async change(id: SubAppId, change: SubAppChange): Promise<SubApp | undefined> {
    if (Object.keys(change).length > 0) await this.manager.update(SubAppEntity, { id }, change)
    return this.find(id)
  }
}
