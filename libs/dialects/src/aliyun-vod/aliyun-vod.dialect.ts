import { rpcDialect } from '../aliyun-rpc/rpc-dialect'
import { signEvent } from '../aliyun-rpc/sign-event'
import type { Dialect } from '../dialect'
import { needing } from '../needing'
import { getJobDetail, listJobInfo } from './actions/job-actions'
import { listSnapshots } from './actions/list-snapshots.action'
import { submitSnapshotJob } from './actions/submit-snapshot-job.action'
import {
  addVodTemplate,
  deleteVodTemplate,
  getVodTemplate,
  listVodTemplate,
  updateVodTemplate,
} from './actions/template-actions'
import { renderEvent } from './events/render-event'

/** ApsaraVideo VOD, API version 2017-03-21: its snapshots. */
export const aliyunVod: Dialect = rpcDialect({
  name: 'aliyun-vod',
  version: '2017-03-21',
  actions: {
    SubmitSnapshotJob: needing('process', submitSnapshotJob),
    ListSnapshots: needing('read', listSnapshots),
    GetJobDetail: needing('read', getJobDetail),
    ListJobInfo: needing('read', listJobInfo),
    AddVodTemplate: needing('manage', addVodTemplate),
    UpdateVodTemplate: needing('manage', updateVodTemplate),
    GetVodTemplate: needing('read', getVodTemplate),
    ListVodTemplate: needing('read', listVodTemplate),
    DeleteVodTemplate: needing('manage', deleteVodTemplate),
  },
  // ApsaraVideo VOD, "GetJobDetail" and "ListJobInfo", "QPS limit".
  callsPerSecond: { GetJobDetail: 15, ListJobInfo: 15 },
  fieldNames: {
    mediaId: 'VideoId',
    runId: 'JobId',
    name: 'Name',
    subApp: 'AppId',
    definition: 'VodTemplateId',
    'tasks.0.definition': 'SnapshotTemplateId',
  },
  answersUnknownVersions: true,
  renderEvent,
  signEvent: (body, signing) => signEvent('VOD', body, signing),
})
