import { mainSubApp } from '@libs/kernel'
import type { SourceStore } from '@libs/tasks'
import { aMedia, MemoryInfrastructure, MemorySourceStore, MemoryUnitOfWork } from '@libs/testing'
import { GrowingFiles, StoredFiles } from '@libs/workflow'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { Test } from '@nestjs/testing'
import supertest from 'supertest'
import { mountRest } from '../src/mount-rest'
import { RestModule } from '../src/rest.module'

export type OpenRest = Awaited<ReturnType<typeof openRest>>

/** Where files are, when not in memory. */
interface Files {
  readonly sources: SourceStore
  readonly files: StoredFiles
  readonly growing: GrowingFiles
}

/** The door on stores in memory, with a media, and a caller with a key of the main sub-application. */
export async function openRest(storage?: Files) {
  const unitOfWork = new MemoryUnitOfWork()
  const media = aMedia()
  await unitOfWork.stores.media.insert(media)
  await unitOfWork.stores.accessKeys.save({ secretId: 'id', secretKey: 's:ecret', subAppId: mainSubApp }, new Date())
  const builder = Test.createTestingModule({
    imports: [MemoryInfrastructure.around(unitOfWork, storage?.sources ?? new MemorySourceStore()), RestModule],
  })
  if (storage !== undefined) {
    builder.overrideProvider(StoredFiles).useValue(storage.files)
    builder.overrideProvider(GrowingFiles).useValue(storage.growing)
  }
  const module = await builder.compile()
  const app = module.createNestApplication<NestExpressApplication>()
  app.useLogger(false)
  mountRest(app)
  await app.listen(0, '127.0.0.1')
  const call = (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, body?: object) =>
    supertest(app.getHttpServer())[method](path).auth('id', 's:ecret').send(body)
  const get = <Found>(token: abstract new (...parameters: never[]) => Found) => app.get<Found>(token)
  return { url: await app.getUrl(), unitOfWork, media, call, get, close: () => app.close() }
}
