import { dialectContract } from '@libs/testing'
import { aliyunFacts, aliyunSigners } from '../../test/aliyun-subject'
import { parseStructured } from '../aliyun-rpc/structured-text'
import { aliyunVod } from './aliyun-vod.dialect'
import { decodeTemplateConfig, encodeTemplateConfig, templateConfig } from './codecs/template-config.codec'

const series = { FrameType: 'normal', Count: 3, Interval: 2, SpecifiedOffsetTime: 1500 }
const SpriteSnapshotConfig = {
  ...{ CellWidth: 120, CellHeight: 68, Columns: 3, Lines: 2, Padding: 4, Margin: 6 },
  ...{ Color: 'tomato', KeepCellPic: 'keep' },
}
const asText = { Format: 'vtt', SubOut: { IsSptFrag: 'false' } }

describe.each(aliyunSigners('2017-03-21'))('Alibaba VOD, signed %s', (_name, sign) => {
  dialectContract({
    ...aliyunFacts,
    dialect: aliyunVod,
    knownAction: 'ListSnapshots',
    sign,

    inputs: {
      snapshotByTimeOffset: { unsupported: 'times are given to a job alone, and GetJobDetail tells but how many' },
      sampleSnapshot: [
        { SnapshotType: 'NormalSnapshot', SnapshotConfig: series },
        { SnapshotType: 'NormalSnapshot', SnapshotConfig: { ...series, FrameType: 'intra', Interval: 0, Width: 320 } },
      ],
      imageSprites: [
        { SnapshotType: 'SpriteSnapshot', SnapshotConfig: { ...series, SpriteSnapshotConfig } },
        {
          SnapshotType: 'SpriteSnapshot',
          SnapshotConfig: { ...series, SpriteSnapshotConfig: { ...SpriteSnapshotConfig, KeepCellPic: 'delete' } },
        },
        {
          SnapshotType: 'WebVttSnapshot',
          SnapshotConfig: {
            ...series,
            ...asText,
            SpriteSnapshotConfig: { ...SpriteSnapshotConfig, KeepCellPic: 'delete' },
          },
        },
      ],
      coverBySnapshot: { unsupported: 'a cover is made with an upload, never asked for' },
    },

    decodeAndEncode(_kind, input) {
      const config = templateConfig.parse(parseStructured(JSON.stringify(input), 'TemplateConfig'))
      const decoded = decodeTemplateConfig(config, { name: '', comment: '' })
      const at = new Date()
      const told = encodeTemplateConfig({ ...decoded, definition: 1000, type: 'custom', createdAt: at, updatedAt: at })
      return JSON.parse(told) as object
    },
  })
})
