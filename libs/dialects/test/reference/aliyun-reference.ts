/** What a product of the vendor's documents about snapshots, by the names that it has there. */
export interface Reference {
  /** Its actions with their parameters. */
  readonly actions: Readonly<Record<string, readonly string[]>>
  /** Actions of the same product about snapshots that are not served. */
  readonly notServed: readonly string[]
  /** Objects inside of parameters and callbacks, with their members. */
  readonly structures: Readonly<Record<string, readonly string[]>>
}

const spriteMembers = ['CellWidth', 'CellHeight', 'Padding', 'Margin', 'Columns', 'Lines', 'Color']

/** ApsaraVideo VOD, API version 2017-03-21. */
const vod: Reference = {
  actions: {
    SubmitSnapshotJob: [
      ...['VideoId', 'ReferenceId', 'SpecifiedOffsetTime', 'SpecifiedOffsetTimes', 'Width', 'Height', 'Count'],
      ...['Interval', 'SpriteSnapshotConfig', 'SnapshotTemplateId', 'UserData'],
    ],
    ListSnapshots: ['VideoId', 'SnapshotType', 'PageNo', 'PageSize', 'AuthTimeout'],
    GetJobDetail: ['JobId', 'JobType'],
    ListJobInfo: ['MediaId', 'JobType'],
    AddVodTemplate: ['Name', 'TemplateType', 'TemplateConfig'],
    UpdateVodTemplate: ['VodTemplateId', 'Name', 'TemplateConfig'],
    GetVodTemplate: ['VodTemplateId'],
    ListVodTemplate: ['TemplateType'],
    DeleteVodTemplate: ['VodTemplateId'],
  },
  notServed: ['GetVideoInfo', 'DeleteImage', 'SetMessageCallback', 'GetMessageCallback', 'DeleteMessageCallback'],
  structures: {
    TemplateConfig: [
      'SnapshotType',
      ...[
        ...['FrameType', 'Count', 'Interval', 'SpecifiedOffsetTime', 'Width', 'Height', 'SpriteSnapshotConfig'],
        ...['Format', 'SubOut.IsSptFrag'],
      ].map((member) => `SnapshotConfig.${member}`),
    ],
    SpriteSnapshotConfig: [...spriteMembers, 'KeepCellPic'],
    UserData: ['MessageCallback.CallbackURL', 'MessageCallback.CallbackType', 'Extend'],
    SnapshotComplete: [
      ...['EventTime', 'EventType', 'VideoId', 'Status', 'SubType', 'ErrorCode', 'ErrorMessage', 'CoverUrl'],
      ...['Extend', 'SnapshotInfos'],
    ],
    SnapshotInfo: ['Status', 'SnapshotType', 'SnapshotCount', 'SnapshotFormat', 'SnapshotRegular', 'JobId'],
  },
}

/** Intelligent Media Services, API version 2020-11-09. What a callback's MessageBody holds, its documents do not say. */
const ims: Reference = {
  actions: {
    SubmitSnapshotJob: ['Name', 'Input', 'Output', 'TemplateConfig', 'ScheduleConfig', 'UserData'],
    GetSnapshotJob: ['JobId'],
    ListSnapshotJobs: [
      ...['JobId', 'Status', 'StartOfCreateTime', 'EndOfCreateTime', 'OrderBy', 'PageSize', 'NextPageToken'],
    ],
    GetSnapshotUrls: ['JobId', 'OrderBy', 'PageNumber', 'PageSize', 'Timeout'],
    CreateCustomTemplate: ['Name', 'Type', 'Subtype', 'TemplateConfig'],
    UpdateCustomTemplate: ['TemplateId', 'Name', 'TemplateConfig'],
    GetCustomTemplate: ['TemplateId', 'Type', 'Subtype'],
    ListCustomTemplates: ['Type', 'Subtype', 'Name', 'TemplateId', 'OrderBy', 'PageNumber', 'PageSize'],
    DeleteCustomTemplate: ['TemplateId'],
    CreatePipeline: ['Name', 'Speed', 'Priority'],
    UpdatePipeline: ['PipelineId', 'Name', 'Priority', 'Status'],
    GetPipeline: ['PipelineId'],
    ListPipelines: ['Speed'],
    DeletePipeline: ['PipelineId'],
  },
  notServed: ['SetDefaultCustomTemplate', 'SetEventCallback', 'GetEventCallback'],
  structures: {
    TemplateConfig: [
      ...['Type', 'FrameType', 'Time', 'Count', 'Interval', 'Width', 'Height', 'BlackLevel', 'PixelBlackThreshold'],
      ...['IsSptFrag', 'SpriteSnapshotConfig'],
    ],
    SpriteSnapshotConfig: spriteMembers,
    UserData: ['NotifyAddress'],
  },
}

export const references = { 'aliyun-vod': vod, 'aliyun-ims': ims } as const
