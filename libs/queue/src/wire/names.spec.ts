import { newTaskId } from '@libs/kernel'
import { kindNames } from '@libs/tasks'
import {
  executeJobId,
  executeQueues,
  keyPrefix,
  parseExecuteJobId,
  sentinelKey,
  settleJobId,
  settleQueue,
  stopMark,
} from './names'

const task = { taskId: newTaskId(0), generation: 3 }

describe('names on the wire', () => {
  it('stay as they are', () => {
    expect({ keyPrefix, sentinelKey, settleQueue, executeQueues, stopMark }).toEqual({
      keyPrefix: '{stillflow}',
      sentinelKey: '{stillflow}:sentinel',
      settleQueue: 'settle',
      executeQueues: {
        snapshotByTimeOffset: 'execute-snapshot-by-time-offset',
        sampleSnapshot: 'execute-sample-snapshot',
        imageSprites: 'execute-image-sprites',
        coverBySnapshot: 'execute-cover-by-snapshot',
        ingest: 'execute-ingest',
      },
      stopMark: 'stop: the run was aborted',
    })
    expect(executeJobId(task)).toBe(`x-${task.taskId}-g3`)
    expect(settleJobId(task)).toBe(`s-${task.taskId}-g3`)
    expect(parseExecuteJobId(executeJobId(task))).toEqual(task)
    expect(parseExecuteJobId(settleJobId(task))).toBeUndefined()
  })

  it('give every kind a queue of its own', () => {
    expect(new Set(Object.values(executeQueues)).size).toBe(kindNames.length)
  })

  it('make job ids that BullMQ takes: no colon, not all digits', () => {
    for (const id of [executeJobId(task), settleJobId(task)]) expect(id).toMatch(/^[a-z]-[0-9a-f]{32}-g\d+$/)
  })
})
