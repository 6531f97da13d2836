import type { AccessKey } from '@libs/workflow'
import { vod } from 'tencentcloud-sdk-nodejs-vod'
import { type DialectsDoor, mainKey, openDialects } from './open-dialects'

export const { secretId, secretKey } = mainKey

export type VodClient = InstanceType<typeof vod.v20180717.Client>

export type SignMethod = 'TC3-HMAC-SHA256' | 'HmacSHA256' | 'HmacSHA1'

export interface TencentVodDoor extends DialectsDoor {
  /** The vendor's own client, with the key that opens this door. */
  client(method?: 'POST' | 'GET', signMethod?: SignMethod, credential?: AccessKey): VodClient
}

/** The dialects behind a real HTTP server, on stores in memory. */
export async function openTencentVod(): Promise<TencentVodDoor> {
  const door = await openDialects()
  return {
    ...door,
    client(reqMethod = 'POST', signMethod = 'TC3-HMAC-SHA256', credential = mainKey) {
      const httpProfile = { endpoint: `127.0.0.1:${door.port}`, protocol: 'http://', reqMethod }
      return new vod.v20180717.Client({ credential, region: 'ap-guangzhou', profile: { signMethod, httpProfile } })
    },
  }
}
