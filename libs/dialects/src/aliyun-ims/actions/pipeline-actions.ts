import { AppError } from '@libs/kernel'
import { ManageQueues, type NamedQueue } from '@libs/workflow'
import { randomBytes } from 'node:crypto'
import { actionParameters, defineAction } from '../../aliyun-rpc/define-action'
import { vendorTime } from '../../aliyun-rpc/vendor-time'
import { integerIn, oneOf, string } from '../../parameters/fields'

const speeds = ['Standard', 'Boost', 'NarrowBandHDV2'] as const
const standard = 'Standard'
/** A pipeline's priority counts from 1 to 10, and this is what one has whose caller says none. */
const middlePriority = 6
const mostPipelines = 100

const PipelineId = string(64)
const Name = string(128).refine((name) => name !== '', 'A pipeline has a name.')
const Priority = integerIn(1, 10)
const Speed = oneOf(speeds)

/** The others are of transcodings, which are not made here. */
const servedSpeed = Speed.refine((speed) => speed === standard, {
  message: `Only ${standard} is supported.`,
  params: { code: 'feature.unsupported' },
})

/** A queue that was made elsewhere goes by its name, and its priority may lie outside of the vendor's range. */
function presentPipeline({ name, comment, priority, paused, createdAt, updatedAt }: NamedQueue): object {
  return {
    PipelineId: name,
    Name: comment === '' ? name : comment,
    Speed: standard,
    Priority: Math.min(10, Math.max(1, priority + middlePriority)),
    Status: paused ? 'Paused' : 'Active',
    CreateTime: vendorTime(createdAt),
    ModifiedTime: vendorTime(updatedAt),
  }
}

/** The error of a queue names what the caller called it by. */
async function ofPipeline<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.field !== 'name') throw thrown
    throw new AppError(thrown.code, thrown.message, { field: 'PipelineId' })
  }
}

/** A pipeline is a named queue without a limit: its id is the queue's name, its name the queue's comment. */
export const createPipeline = defineAction({
  parameters: actionParameters({ Name, Speed: servedSpeed, Priority: Priority.default(middlePriority) }),
  useCase: ManageQueues,
  toCommand: (asked, { subAppId }) => ({ subAppId, id: randomBytes(16).toString('hex'), asked }),
  execute: (queues, { subAppId, id, asked }) =>
    queues.create(subAppId, id, {
      comment: asked.Name,
      limit: null,
      priority: asked.Priority - middlePriority,
      paused: false,
    }),
  toResponse: (queue) => ({ Pipeline: presentPipeline(queue) }),
})

export const updatePipeline = defineAction({
  parameters: actionParameters({
    PipelineId,
    Name: Name.optional(),
    Priority: Priority.optional(),
    Status: oneOf(['Active', 'Paused']).optional(),
  }),
  useCase: ManageQueues,
  toCommand: (asked, { subAppId }) => ({ subAppId, asked }),
  execute: (queues, { subAppId, asked }) =>
    ofPipeline(
      queues.change(subAppId, asked.PipelineId, {
        ...(asked.Name !== undefined && { comment: asked.Name }),
        ...(asked.Priority !== undefined && { priority: asked.Priority - middlePriority }),
        ...(asked.Status !== undefined && { paused: asked.Status === 'Paused' }),
      }),
    ),
  toResponse: () => ({ Success: true }),
})

export const getPipeline = defineAction({
  parameters: actionParameters({ PipelineId }),
  useCase: ManageQueues,
  toCommand: (asked, { subAppId }) => ({ subAppId, asked }),
  execute: (queues, { subAppId, asked }) => ofPipeline(queues.describe(subAppId, asked.PipelineId)),
  toResponse: (queue) => ({ Pipeline: presentPipeline(queue) }),
})

export const listPipelines = defineAction({
  parameters: actionParameters({ Speed: Speed.optional() }),
  useCase: ManageQueues,
  toCommand: ({ Speed: speed = standard }, { subAppId }) => ({ subAppId, speed }),
  async execute(queues, { subAppId, speed }) {
    const { items } = await queues.list(subAppId, { offset: 0, limit: mostPipelines })
    return speed === standard ? items : []
  },
  toResponse: (found) => ({ PipelineList: found.map(presentPipeline) }),
})

export const deletePipeline = defineAction({
  parameters: actionParameters({ PipelineId }),
  useCase: ManageQueues,
  toCommand: (asked, { subAppId }) => ({ subAppId, asked }),
  execute: (queues, { subAppId, asked }) => ofPipeline(queues.remove(subAppId, asked.PipelineId)),
  toResponse: () => ({ Success: true }),
})
