import { rpcDialect } from '../aliyun-rpc/rpc-dialect'
import { signEvent } from '../aliyun-rpc/sign-event'
import type { Dialect } from '../dialect'
import { needing } from '../needing'
import { getSnapshotJob, getSnapshotUrls } from './actions/job-actions'
import { listSnapshotJobs } from './actions/list-snapshot-jobs.action'
import { createPipeline, deletePipeline, getPipeline, listPipelines, updatePipeline } from './actions/pipeline-actions'
import { submitSnapshotJob } from './actions/submit-snapshot-job.action'
import {
  createCustomTemplate,
  deleteCustomTemplate,
  getCustomTemplate,
  listCustomTemplates,
  updateCustomTemplate,
} from './actions/template-actions'
import { renderEvent } from './events/render-event'

/** Intelligent Media Services (product code ICE), API version 2020-11-09: its snapshots. */
export const aliyunIms: Dialect = rpcDialect({
  name: 'aliyun-ims',
  version: '2020-11-09',
  actions: {
    SubmitSnapshotJob: needing('process', submitSnapshotJob),
    GetSnapshotJob: needing('read', getSnapshotJob),
    ListSnapshotJobs: needing('read', listSnapshotJobs),
    GetSnapshotUrls: needing('read', getSnapshotUrls),
    CreateCustomTemplate: needing('manage', createCustomTemplate),
    UpdateCustomTemplate: needing('manage', updateCustomTemplate),
    GetCustomTemplate: needing('read', getCustomTemplate),
    ListCustomTemplates: needing('read', listCustomTemplates),
    DeleteCustomTemplate: needing('manage', deleteCustomTemplate),
    CreatePipeline: needing('manage', createPipeline),
    UpdatePipeline: needing('manage', updatePipeline),
    GetPipeline: needing('read', getPipeline),
    ListPipelines: needing('read', listPipelines),
    DeletePipeline: needing('manage', deletePipeline),
  },
  fieldNames: {
    mediaId: 'Input.Media',
    runId: 'JobId',
    name: 'Name',
    subApp: 'AppId',
    definition: 'TemplateId',
    queue: 'ScheduleConfig.PipelineId',
    'tasks.0.definition': 'TemplateConfig.TemplateId',
  },
  renderEvent,
  signEvent: (body, signing) => signEvent('ICE', body, signing),
})
