import { mainSubApp } from '@libs/kernel'
import { aMedia, MemoryInfrastructure, MemoryUnitOfWork } from '@libs/testing'
import type { AccessKey, Media } from '@libs/workflow'
import type { INestApplication } from '@nestjs/common'
import { Test } from '@nestjs/testing'
import type { Server } from 'node:http'
import { vod } from 'tencentcloud-sdk-nodejs-vod'
import { DialectsModule } from '../src/dialects.module'
import { mountDialects } from '../src/mount-dialects'

export const secretId = 'AKIDEXAMPLE'
export const secretKey = 'SECRETKEYEXAMPLE'

export type VodClient = InstanceType<typeof vod.v20180717.Client>

const mainKey: AccessKey = { secretId, secretKey, subAppId: mainSubApp }

export type SignMethod = 'TC3-HMAC-SHA256' | 'HmacSHA256' | 'HmacSHA1'

export interface TencentVodDoor {
  readonly unitOfWork: MemoryUnitOfWork
  /** A media that is ready. */
  readonly media: Media
  readonly port: number
  /** The vendor's own client, with the key that opens this door. */
  client(method?: 'POST' | 'GET', signMethod?: SignMethod, credential?: AccessKey): VodClient
  close(): Promise<void>
}

/** The dialects behind a real HTTP server, on stores in memory. */
export async function openTencentVod(): Promise<TencentVodDoor> {
  const unitOfWork = new MemoryUnitOfWork()
  const media = aMedia()
  await unitOfWork.stores.media.insert(media)
  await unitOfWork.stores.accessKeys.save(mainKey, new Date())
  const module = await Test.createTestingModule({
    imports: [MemoryInfrastructure.around(unitOfWork), DialectsModule],
  }).compile()
  const app = module.createNestApplication<INestApplication<Server>>()
  mountDialects(app)
  await app.listen(0, '127.0.0.1')
  const address = app.getHttpServer().address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    unitOfWork,
    media,
    port,
    client(reqMethod = 'POST', signMethod = 'TC3-HMAC-SHA256', credential = mainKey) {
      const httpProfile = { endpoint: `127.0.0.1:${port}`, protocol: 'http://', reqMethod }
      return new vod.v20180717.Client({ credential, region: 'ap-guangzhou', profile: { signMethod, httpProfile } })
    },
    close: () => app.close(),
  }
}
