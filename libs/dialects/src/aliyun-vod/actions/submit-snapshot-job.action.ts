import { AppError } from '@libs/kernel'
import type { Offset } from '@libs/tasks'
import { parseHttpUrl, ProcessMedia, type RunSource, type TaskRequest } from '@libs/workflow'
import type { z } from 'zod'
import { actionParameters, defineAction, type RawParameters } from '../../aliyun-rpc/define-action'
import { integerIn, listOf, string } from '../../parameters/fields'
import { decodePicture } from '../../aliyun-rpc/snapshots/picture.codec'
import { decodeSeries, seriesShape } from '../codecs/series.codec'
import { decodeSprite, spriteConfig } from '../codecs/sprite-config.codec'
import { decodeMediaId } from '../../aliyun-rpc/snapshots/ids'
import { side } from '../../aliyun-rpc/snapshots/sprite-layout.codec'
import { decodeTemplateId } from '../../aliyun-rpc/snapshots/template-id'
import { readUserData } from '../user-data'

const mostTimes = 30
const longestExtendBytes = 512
const longestUrl = 2048

const parameters = actionParameters({
  VideoId: string(64).optional(),
  ReferenceId: string(64).optional(),
  ...seriesShape,
  SpecifiedOffsetTimes: listOf(integerIn(0, 1_000_000_000), mostTimes).optional(),
  Width: side.optional(),
  Height: side.optional(),
  SpriteSnapshotConfig: spriteConfig.optional(),
  SnapshotTemplateId: string(64).optional(),
  UserData: string(1024).default(''),
})

type Parameters = z.output<typeof parameters>

/** With a number in the names, `Regular` and `SnapshotRegular` have a rule to tell. */
const pictureName = { fileName: 'snapshot-{index}.{format}' }
const names = {
  snapshotByTimeOffset: pictureName,
  sampleSnapshot: pictureName,
  imageSprites: { fileName: 'sprite-{index}.{format}', cellFileName: 'origin-{index}.{format}' },
} as const

function taskOf(given: Parameters): TaskRequest {
  if (given.SnapshotTemplateId !== undefined) return ofTemplate(given.SnapshotTemplateId)
  const { SpecifiedOffsetTimes: times = [], SpriteSnapshotConfig: sprite } = given
  const picture = decodePicture({ ...given, FrameType: 'normal' })
  if (times.length > 0) {
    if (sprite !== undefined) {
      const field = 'SpecifiedOffsetTimes'
      throw new AppError('feature.unsupported', 'A sprite is made of a series, not of given times.', { field })
    }
    const offsets = times.map((value): Offset => ({ unit: 'ms', value }))
    return { kind: 'snapshotByTimeOffset', settings: picture, request: { offsets, ...names.snapshotByTimeOffset } }
  }
  if (given.Count === undefined && given.Interval === undefined) {
    throw new AppError('request.missingParameter', 'Count or Interval is needed.', { field: 'Count' })
  }
  const sampled = { ...picture, sampling: decodeSeries(given) }
  if (sprite === undefined) return { kind: 'sampleSnapshot', settings: sampled, request: names.sampleSnapshot }
  return { kind: 'imageSprites', settings: { ...sampled, ...decodeSprite(sprite, given) }, request: names.imageSprites }
}

/** VideoId wins where both are given. */
function sourceOf({ VideoId, ReferenceId: reference }: Parameters): RunSource {
  if (VideoId !== undefined) return { mediaId: decodeMediaId(VideoId) }
  if (reference !== undefined) return { reference }
  throw new AppError('request.missingParameter', 'VideoId or ReferenceId is needed.', { field: 'VideoId' })
}

function ofTemplate(id: string): TaskRequest {
  const { template, definition } = decodeTemplateId(id)
  return template === 'sampleSnapshot'
    ? { kind: 'sampleSnapshot', definition, request: names.sampleSnapshot }
    : { kind: 'imageSprites', definition, request: names.imageSprites }
}

/** @returns the address of its own that a job is told of at */
function callbackUrlOf({ UserData }: Parameters): string | undefined {
  const { callbackUrl, extend } = readUserData(UserData)
  const refuse = (message: string) => new AppError('request.invalidValue', message, { field: 'UserData' })
  if (extend !== UserData && Buffer.byteLength(extend) > longestExtendBytes) {
    throw refuse(`Extend has at most ${longestExtendBytes} bytes.`)
  }
  if (callbackUrl === undefined) return undefined
  if (callbackUrl.length <= longestUrl && parseHttpUrl(callbackUrl) !== undefined) return callbackUrl
  throw refuse('CallbackURL has to be an absolute http or https URL without credentials.')
}

/** ApsaraVideo VOD, "SnapshotTemplateId": with it, nothing else is looked at that says what to make. */
function heeded(raw: RawParameters): RawParameters {
  if (!('SnapshotTemplateId' in raw)) return raw
  const names = ['SnapshotTemplateId', 'VideoId', 'ReferenceId', 'UserData', 'AppId']
  return Object.fromEntries(Object.entries(raw).filter(([name]) => names.includes(name)))
}

/** One job is a run of one task. A template wins over everything but UserData. */
export const submitSnapshotJob = defineAction({
  parameters,
  structured: ['SpecifiedOffsetTimes', 'SpriteSnapshotConfig'],
  heeded,
  useCase: ProcessMedia,
  toCommand: (given, { subAppId }) => ({
    subAppId,
    source: sourceOf(given),
    refusesUnreadable: true,
    work: { tasks: [taskOf(given)] },
    dialect: 'aliyun-vod',
    priority: 0,
    notifyMode: undefined,
    session: undefined,
    // Not as user data of ours, which is JSON: this need not be.
    sessionContext: given.UserData,
    callbackUrl: callbackUrlOf(given),
  }),
  execute: (process, command) => process.execute(command),
  toResponse: ({ runId }) => ({ SnapshotJob: { JobId: runId } }),
})
