import type { AccessKey } from '../ports/stores/access-key.store.port'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'

export class FindAccessKey {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute(secretId: string): Promise<AccessKey | undefined> {
    return this.unitOfWork.stores.accessKeys.find(secretId)
  }
}
