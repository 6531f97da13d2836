import type { PictureKindName } from '@libs/tasks'
import { dialectContract } from '@libs/testing'
import { z } from 'zod'
import type { RawRequest } from '../dialect'
import { kindCodecs } from './codecs/kind-codecs'
import { encodeMediaProcessTask, mediaProcessTask } from './codecs/media-process-task.codec'
import { signRequest } from './protocol/signature'
import { tencentVod } from './tencent-vod.dialect'

const answer = z.object({ Response: z.object({ Error: z.object({ Code: z.string() }).optional() }) })

describe('Tencent VOD', () => {
  dialectContract({
    dialect: tencentVod,
    knownAction: 'ProcessMedia',
    skewMs: 5 * 60_000,

    sign(action, parameters, { secretId, secretKey }, atMs): RawRequest {
      const headers = {
        host: '127.0.0.1:8080',
        'content-type': 'application/json',
        'x-tc-action': action,
        'x-tc-version': '2018-07-17',
        'x-tc-timestamp': String(Math.floor(atMs / 1000)),
      }
      const unsigned = { method: 'POST', path: '/', query: '', headers, body: Buffer.from(JSON.stringify(parameters)) }
      const date = new Date(atMs).toISOString().slice(0, 10)
      const scope = { date, service: 'vod', signedHeaders: ['content-type', 'host'] }
      const signature = signRequest(unsigned, scope, secretKey, headers.host)
      const authorization = `TC3-HMAC-SHA256 Credential=${secretId}/${date}/vod/tc3_request, SignedHeaders=content-type;host, Signature=${signature}`
      return { ...unsigned, headers: { ...headers, authorization } }
    },

    errorCodeOf: ({ body }) => answer.parse(JSON.parse(body)).Response.Error?.Code,

    inputs: {
      snapshotByTimeOffset: [
        { Definition: 10, ExtTimeOffsetSet: ['3.5s', '10%', '0s', '100%'] },
        { Definition: 1001, TimeOffsetSet: [0, 1500.5] },
        { Definition: 10, ExtTimeOffsetSet: ['0.04s'], TimeOffsetSet: [40], FrameAccuracy: 'keyframe' },
      ],
      sampleSnapshot: [{ Definition: 10 }, { Definition: 10, FrameAccuracy: 'exact' }],
      imageSprites: [{ Definition: 10 }, { Definition: 10, FrameAccuracy: 'keyframe' }],
      coverBySnapshot: [
        { Definition: 10, PositionType: 'Time', PositionValue: 3.5 },
        { Definition: 10, PositionType: 'Percent', PositionValue: 50 },
        { Definition: 10, PositionType: 'Percent', PositionValue: 100, FrameAccuracy: 'keyframe' },
      ],
    },

    decodeAndEncode(kind: PictureKindName, input) {
      const { set } = kindCodecs[kind]
      const encoded = encodeMediaProcessTask(mediaProcessTask.parse({ [set]: [input] }).tasks)
      expect(Object.keys(encoded)).toEqual([set])
      return encoded[set]?.[0] ?? {}
    },
  })
})
