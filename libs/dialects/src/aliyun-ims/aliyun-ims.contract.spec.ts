import { dialectContract } from '@libs/testing'
import { z } from 'zod'
import { signV3 } from '../aliyun-rpc/protocol/signature-v3'
import { canonicalQuery } from '../aliyun-rpc/protocol/percent-encode'
import { vendorTime } from '../aliyun-rpc/vendor-time'
import type { RawRequest } from '../dialect'
import { aliyunIms } from './aliyun-ims.dialect'

const answer = z.object({ Code: z.string().optional() })

describe('Alibaba IMS', () => {
  dialectContract({
    dialect: aliyunIms,
    knownAction: 'GetSnapshotJob',
    skewMs: 15 * 60_000,

    sign(action, parameters, { secretId, secretKey }, atMs): RawRequest {
      const headers = {
        host: '127.0.0.1:8080',
        'x-acs-action': action,
        'x-acs-version': '2020-11-09',
        'x-acs-date': vendorTime(new Date(atMs)),
        'x-acs-signature-nonce': '0123456789abcdef',
      }
      const query = canonicalQuery(Object.entries(parameters).map(([name, value]) => [name, String(value)]))
      const unsigned = { method: 'POST', path: '/', query, headers, body: Buffer.alloc(0) }
      const names = Object.keys(headers)
      const signature = signV3(unsigned, names, secretKey)
      const authorization = `ACS3-HMAC-SHA256 Credential=${secretId},SignedHeaders=${names.join(';')},Signature=${signature}`
      return { ...unsigned, headers: { ...headers, authorization } }
    },

    errorCodeOf: ({ body }) => answer.parse(JSON.parse(body)).Code,

    inputs: {
      snapshotByTimeOffset: { unsupported: 'a job is one call, not a list of inputs' },
      sampleSnapshot: { unsupported: 'a job is one call, not a list of inputs' },
      imageSprites: { unsupported: 'a job is one call, not a list of inputs' },
      coverBySnapshot: { unsupported: 'a cover is made with an upload, never asked for' },
    },
    decodeAndEncode: (_kind, input) => input,
  })
})
