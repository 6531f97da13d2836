import { rpcDialect } from '../aliyun-rpc/rpc-dialect'
import { signEvent } from '../aliyun-rpc/sign-event'
import type { Dialect } from '../dialect'
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
    SubmitSnapshotJob: submitSnapshotJob,
    GetSnapshotJob: getSnapshotJob,
    ListSnapshotJobs: listSnapshotJobs,
    GetSnapshotUrls: getSnapshotUrls,
    CreateCustomTemplate: createCustomTemplate,
    UpdateCustomTemplate: updateCustomTemplate,
    GetCustomTemplate: getCustomTemplate,
    ListCustomTemplates: listCustomTemplates,
    DeleteCustomTemplate: deleteCustomTemplate,
    CreatePipeline: createPipeline,
    UpdatePipeline: updatePipeline,
    GetPipeline: getPipeline,
    ListPipelines: listPipelines,
    DeletePipeline: deletePipeline,
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
