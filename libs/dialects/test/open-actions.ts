import { Clock, mainSubApp, SystemClock } from '@libs/kernel'
import { aMedia, ExampleFileUrls, MemoryInfrastructure, MemoryUnitOfWork } from '@libs/testing'
import type { FileUrls, Media } from '@libs/workflow'
import { Test } from '@nestjs/testing'
import type { Dialect } from '../src/dialect'
import { unflatten } from '../src/parameters/form-text'

export interface OpenActions {
  readonly unitOfWork: MemoryUnitOfWork
  /** A media that is ready. */
  readonly media: Media
  /** @param parameters as a query has them. @throws AppError */
  perform(action: string, parameters: Readonly<Record<string, string>>): Promise<object>
}

interface Surroundings {
  readonly urls?: FileUrls
  readonly clock?: Pick<Clock, 'nowMs'>
}

/** A dialect's actions without its door, on stores in memory. */
export async function openActions(
  dialect: Dialect,
  { urls = new ExampleFileUrls(), clock = new SystemClock() }: Surroundings = {},
): Promise<OpenActions> {
  const unitOfWork = new MemoryUnitOfWork()
  const media = aMedia()
  await unitOfWork.stores.media.insert(media)
  const module = await Test.createTestingModule({ imports: [MemoryInfrastructure.around(unitOfWork)] })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile()
  const scope = {
    caller: { subAppId: mainSubApp, secretId: 'AKIDEXAMPLE' },
    urls,
    find: <Found>(type: new (...parameters: never[]) => Found) => module.get<Found>(type, { strict: false }),
  }
  return {
    unitOfWork,
    media,
    async perform(name, parameters) {
      const action = dialect.actions[name]
      if (action === undefined) throw new Error(`There is no action ${name}.`)
      return action.perform(unflatten(Object.entries(parameters), 1), scope)
    },
  }
}
