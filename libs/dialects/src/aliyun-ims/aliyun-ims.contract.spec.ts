import { aMedia, aRun, aTask, dialectContract } from '@libs/testing'
import { z } from 'zod'
import { aliyunFacts, aliyunSigners } from '../../test/aliyun-subject'
import { parseStructured } from '../aliyun-rpc/structured-text'
import { aliyunIms } from './aliyun-ims.dialect'
import { presentWholeJob } from './codecs/job.codec'
import { decodeConfig, snapshotConfig } from './codecs/snapshot-config.codec'

const series = { FrameType: 'normal', Time: 1500, Count: 3, Interval: 2 }
const SpriteSnapshotConfig = {
  ...{ CellWidth: 120, CellHeight: 68, Columns: 3, Lines: 2, Padding: 4, Margin: 6 },
  Color: 'tomato',
}

describe.each(aliyunSigners('2020-11-09'))('Alibaba IMS, signed %s', (_name, sign) => {
  dialectContract({
    ...aliyunFacts,
    dialect: aliyunIms,
    knownAction: 'GetSnapshotJob',
    sign,

    inputs: {
      snapshotByTimeOffset: { unsupported: 'there is no list of times' },
      sampleSnapshot: [
        { Type: 'Normal', ...series, Width: 320, Height: 180 },
        { Type: 'Normal', FrameType: 'intra', Time: 0, Interval: 2 },
        { Type: 'Normal', ...series, Time: 0, Interval: 0, BlackLevel: 90, PixelBlackThreshold: 70 },
      ],
      imageSprites: [
        { Type: 'Sprite', ...series, SpriteSnapshotConfig },
        { Type: 'WebVtt', ...series, IsSptFrag: false, SpriteSnapshotConfig },
      ],
      coverBySnapshot: { unsupported: 'a cover is made with an upload, never asked for' },
    },

    decodeAndEncode(kind, input) {
      const config = snapshotConfig.parse(parseStructured(JSON.stringify(input), 'TemplateConfig'))
      const { settings } = decodeConfig(config, 'TemplateConfig')
      const run = aRun(aMedia())
      const task = { ...aTask(run, kind), settings } as Parameters<typeof presentWholeJob>[0]['tasks'][number]
      const { TemplateConfig } = z.object({ TemplateConfig: z.string() }).parse(presentWholeJob({ run, tasks: [task] }))
      return JSON.parse(TemplateConfig) as object
    },
  })
})
