const picture = { TimeOffset: 0, Url: '' }
const result = { Status: '', ErrCode: 0, Message: '' }

/** The members of the vendor's own example of the event (Tencent Cloud VOD, "Screenshot Taking"), in its order. */
export const documentedEvent = {
  EventType: '',
  ProcedureStateChangeEvent: {
    TaskId: '',
    Status: '',
    FileId: '',
    FileName: '',
    FileUrl: '',
    MetaData: {
      AudioDuration: 0,
      AudioStreamSet: [{ Bitrate: 0, Codec: '', SamplingRate: 0 }],
      Bitrate: 0,
      Container: '',
      Duration: 0,
      Height: 0,
      Rotate: 0,
      Size: 0,
      VideoDuration: 0,
      VideoStreamSet: [{ Bitrate: 0, Codec: '', Fps: 0, Height: 0, Width: 0 }],
      Width: 0,
    },
    MediaProcessResultSet: [
      {
        Type: '',
        SnapshotByTimeOffsetTask: {
          ...result,
          Input: { Definition: 0 },
          Output: { Definition: 0, PicInfoSet: [picture, picture, picture] },
        },
      },
      {
        Type: '',
        SampleSnapshotTask: {
          ...result,
          Input: { Definition: 0 },
          Output: { Definition: 0, SampleType: '', Interval: 0, WaterMarkDefinition: [], ImageUrlSet: [''] },
        },
      },
      {
        Type: '',
        ImageSpriteTask: {
          ...result,
          Input: { Definition: 0 },
          Output: { Definition: 0, Height: 0, Width: 0, TotalCount: 0, ImageUrlSet: [''], WebVttUrl: '' },
        },
      },
      {
        Type: '',
        CoverBySnapshotTask: {
          ...result,
          Input: { Definition: 0, PositionType: '', PositionValue: 0 },
          Output: { CoverUrl: '' },
        },
      },
    ],
    TasksPriority: 0,
    TasksNotifyMode: '',
  },
}

/** Every member of a JSON value in order, each with its path and type: `MetaData.Duration number`. */
export function membersOf(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${path} ${value === null ? 'null' : typeof value}`]
  const kind = `${path} ${Array.isArray(value) ? 'array' : 'object'}`
  return [kind, ...Object.entries(value).flatMap(([name, member]) => membersOf(member, `${path}.${name}`))]
}
