import { mainSubApp } from '@libs/kernel'
import { aMedia, MemoryInfrastructure, MemoryUnitOfWork } from '@libs/testing'
import { type AccessKey, type Media, RateLimiter } from '@libs/workflow'
import type { INestApplication } from '@nestjs/common'
import { Test } from '@nestjs/testing'
import type { Server } from 'node:http'
import { DialectsModule } from '../src/dialects.module'
import { mountDialects } from '../src/mount-dialects'

export const mainKey: AccessKey = { secretId: 'AKIDEXAMPLE', secretKey: 'SECRETKEYEXAMPLE', subAppId: mainSubApp }

export interface DialectsDoor {
  readonly unitOfWork: MemoryUnitOfWork
  /** A media that is ready. */
  readonly media: Media
  readonly port: number
  close(): Promise<void>
}

class Unlimited extends RateLimiter {
  override async take(): Promise<boolean> {
    return true
  }
}

/** The dialects behind a real HTTP server, on stores in memory. */
export async function openDialects(rates: RateLimiter = new Unlimited()): Promise<DialectsDoor> {
  const unitOfWork = new MemoryUnitOfWork()
  const media = aMedia()
  await unitOfWork.stores.media.insert(media)
  await unitOfWork.stores.accessKeys.save(mainKey, new Date())
  const module = await Test.createTestingModule({
    imports: [MemoryInfrastructure.around(unitOfWork), DialectsModule],
  })
    .overrideProvider(RateLimiter)
    .useValue(rates)
    .compile()
  const app = module.createNestApplication<INestApplication<Server>>()
  mountDialects(app)
  await app.listen(0, '127.0.0.1')
  const address = app.getHttpServer().address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { unitOfWork, media, port, close: () => app.close() }
}
