import { AppError } from '@libs/kernel'
import type { Caller, Dialect, Gate, NamedAction, RawRequest, ScopedAction } from '../dialect'
import { needing } from '../needing'
import { confirmEvents } from './actions/events/confirm-events.action'
import { describeEventConfig } from './actions/events/describe-event-config.action'
import { describeEventsState } from './actions/events/describe-events-state.action'
import { modifyEventConfig } from './actions/events/modify-event-config.action'
import { pullEvents } from './actions/events/pull-events.action'
import { createProcedureTemplate } from './actions/procedures/create-procedure-template.action'
import { deleteMedia } from './actions/media/delete-media.action'
import { describeMediaInfos } from './actions/media/describe-media-infos.action'
import { modifyMediaInfo } from './actions/media/modify-media-info.action'
import { searchMedia } from './actions/media/search-media.action'
import { deleteProcedureTemplate } from './actions/procedures/delete-procedure-template.action'
import { describeProcedureTemplates } from './actions/procedures/describe-procedure-templates.action'
import { resetProcedureTemplate } from './actions/procedures/reset-procedure-template.action'
import { describeTaskDetail } from './actions/tasks/describe-task-detail.action'
import { describeTasks } from './actions/tasks/describe-tasks.action'
import { manageTask } from './actions/tasks/manage-task.action'
import { processMediaByProcedure } from './actions/tasks/process-media-by-procedure.action'
import { processMedia } from './actions/tasks/process-media.action'
import { createSubAppId } from './actions/sub-apps/create-sub-app-id.action'
import { describeSubAppIds } from './actions/sub-apps/describe-sub-app-ids.action'
import { modifySubAppIdInfo } from './actions/sub-apps/modify-sub-app-id-info.action'
import { modifySubAppIdStatus } from './actions/sub-apps/modify-sub-app-id-status.action'
import { deleteTemplateAction } from './actions/templates/change-actions'
import { applyUpload } from './actions/uploads/apply-upload.action'
import { commitUpload } from './actions/uploads/commit-upload.action'
import { pullUpload } from './actions/uploads/pull-upload.action'
import { createImageSpriteTemplate } from './actions/templates/create-image-sprite-template.action'
import { createSampleSnapshotTemplate } from './actions/templates/create-sample-snapshot-template.action'
import { createSnapshotByTimeOffsetTemplate } from './actions/templates/create-snapshot-by-time-offset-template.action'
import { modifyImageSpriteTemplate } from './actions/templates/modify-image-sprite-template.action'
import { describeImageSpriteTemplates } from './actions/templates/describe-image-sprite-templates.action'
import { modifySampleSnapshotTemplate } from './actions/templates/modify-sample-snapshot-template.action'
import { describeSampleSnapshotTemplates } from './actions/templates/describe-sample-snapshot-templates.action'
import { modifySnapshotByTimeOffsetTemplate } from './actions/templates/modify-snapshot-by-time-offset-template.action'
import { describeSnapshotByTimeOffsetTemplates } from './actions/templates/describe-snapshot-by-time-offset-templates.action'
import { createWatermarkTemplate } from './actions/watermarks/create-watermark-template.action'
import { describeWatermarkTemplates } from './actions/watermarks/describe-watermark-templates.action'
import { modifyWatermarkTemplate } from './actions/watermarks/modify-watermark-template.action'
import { renderEvent } from './events/render-event'
import { signEvent } from './events/sign-event'
import { present, presentError } from './protocol/envelope'
import { parametersOf } from './protocol/parameters'
import { verifySignature } from './protocol/signature'
import { signedFormOf, verifyForm } from './protocol/signed-form'

const version = '2018-07-17'
/** Tencent Cloud "Signature v3": a GET has at most 32 KB, a POST 10 MB. */
const maxQueryLength = 32 * 1024
const maxBodyBytes = 10 * 1024 * 1024

/** Tencent Cloud VOD's API pages, "API request rate limit"; 100 where they say nothing else. */
const callsPerSecond: Readonly<Record<string, number>> = {
  ProcessMedia: 200,
  ManageTask: 20,
  ModifyEventConfig: 20,
  DescribeEventConfig: 20,
}

const actions: Readonly<Record<string, ScopedAction>> = {
  ProcessMedia: needing('process', processMedia),
  ProcessMediaByProcedure: needing('process', processMediaByProcedure),
  PullUpload: needing('upload', pullUpload),
  ApplyUpload: needing('upload', applyUpload),
  CommitUpload: needing('upload', commitUpload),
  DescribeTaskDetail: needing('read', describeTaskDetail),
  DescribeTasks: needing('read', describeTasks),
  ManageTask: needing('process', manageTask),
  DescribeMediaInfos: needing('read', describeMediaInfos),
  ModifyMediaInfo: needing('manage', modifyMediaInfo),
  DeleteMedia: needing('manage', deleteMedia),
  SearchMedia: needing('read', searchMedia),
  CreateProcedureTemplate: needing('manage', createProcedureTemplate),
  ResetProcedureTemplate: needing('manage', resetProcedureTemplate),
  DeleteProcedureTemplate: needing('manage', deleteProcedureTemplate),
  DescribeProcedureTemplates: needing('read', describeProcedureTemplates),
  CreateSnapshotByTimeOffsetTemplate: needing('manage', createSnapshotByTimeOffsetTemplate),
  ModifySnapshotByTimeOffsetTemplate: needing('manage', modifySnapshotByTimeOffsetTemplate),
  DeleteSnapshotByTimeOffsetTemplate: needing('manage', deleteTemplateAction('snapshotByTimeOffset')),
  DescribeSnapshotByTimeOffsetTemplates: needing('read', describeSnapshotByTimeOffsetTemplates),
  CreateSampleSnapshotTemplate: needing('manage', createSampleSnapshotTemplate),
  ModifySampleSnapshotTemplate: needing('manage', modifySampleSnapshotTemplate),
  DeleteSampleSnapshotTemplate: needing('manage', deleteTemplateAction('sampleSnapshot')),
  DescribeSampleSnapshotTemplates: needing('read', describeSampleSnapshotTemplates),
  CreateImageSpriteTemplate: needing('manage', createImageSpriteTemplate),
  ModifyImageSpriteTemplate: needing('manage', modifyImageSpriteTemplate),
  DeleteImageSpriteTemplate: needing('manage', deleteTemplateAction('imageSprite')),
  DescribeImageSpriteTemplates: needing('read', describeImageSpriteTemplates),
  CreateWatermarkTemplate: needing('manage', createWatermarkTemplate),
  ModifyWatermarkTemplate: needing('manage', modifyWatermarkTemplate),
  DeleteWatermarkTemplate: needing('manage', deleteTemplateAction('watermark')),
  DescribeWatermarkTemplates: needing('read', describeWatermarkTemplates),
  ModifyEventConfig: needing('manage', modifyEventConfig),
  DescribeEventConfig: needing('read', describeEventConfig),
  DescribeEventsState: needing('read', describeEventsState),
  PullEvents: needing('events', pullEvents),
  ConfirmEvents: needing('events', confirmEvents),
  CreateSubAppId: needing('admin', createSubAppId),
  DescribeSubAppIds: needing('read', describeSubAppIds),
  ModifySubAppIdInfo: needing('admin', modifySubAppIdInfo),
  ModifySubAppIdStatus: needing('admin', modifySubAppIdStatus),
}

function required(value: unknown, field: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw new AppError('request.missingParameter', 'This is required of every request.', { field })
}

/** Common parameters are headers, or parameters of the form that is signed. */
function commonParameter(request: RawRequest, name: 'Action' | 'Version'): readonly [value: string, field: string] {
  const form = signedFormOf(request)
  const field = form === undefined ? `X-TC-${name}` : name
  return [required(form === undefined ? request.headers[field.toLowerCase()] : form.get(name), field), field]
}

function actionOf(request: RawRequest): NamedAction {
  if (request.method !== 'POST' && request.method !== 'GET') {
    throw new AppError('request.unsupportedMethod', 'Only GET and POST are served.')
  }
  if (request.query.length > maxQueryLength) {
    throw new AppError('request.tooLarge', `The query is longer than ${maxQueryLength} bytes.`)
  }
  const [name, field] = commonParameter(request, 'Action')
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (action === undefined) {
    throw new AppError('request.unknownAction', `There is no action "${name}".`, { field })
  }
  const [asked, versionField] = commonParameter(request, 'Version')
  if (asked === version) return { name, action }
  throw new AppError('request.unsupportedVersion', `The version is ${version}.`, { field: versionField })
}

function authenticate(request: RawRequest, gate: Gate): Promise<Caller> {
  const form = signedFormOf(request)
  return form === undefined ? verifySignature(request, gate) : verifyForm(request, form, gate)
}

/** Tencent Cloud VOD, API version 2018-07-17, signed TC3-HMAC-SHA256, or HmacSHA256 or HmacSHA1 as a form or query. */
export const tencentVod: Dialect = {
  name: 'tencent-vod',
  actions,
  maxBodyBytes,
  callsPerSecond: (action) => callsPerSecond[action] ?? 100,
  recognise: ({ headers }) =>
    headers['x-tc-action'] !== undefined || headers.authorization?.startsWith('TC3-HMAC-SHA256') === true,
  actionOf,
  authenticate,
  parametersOf,
  present,
  presentError,
  renderEvent,
  signEvent,
}
