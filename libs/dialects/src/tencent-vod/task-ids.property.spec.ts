import { mainSubApp, newRunId, type SubAppId } from '@libs/kernel'
import fc from 'fast-check'
import { parseTaskId, pullTaskIdOf, taskIdOf } from './task-ids'

const subApps = fc.integer({ min: 0, max: 1_000_000 }).map((id) => id as SubAppId)

describe('TaskId', () => {
  it('leads back to its run, for its own sub-application alone', () => {
    fc.assert(
      fc.property(fc.nat(), subApps, subApps, (nowMs, mine, other) => {
        const runId = newRunId(nowMs)
        const types = { process: taskIdOf(mine, runId), pull: pullTaskIdOf(mine, runId) }
        for (const [type, taskId] of Object.entries(types)) {
          expect(parseTaskId(mine, taskId)).toEqual({ runId, type })
          if (other !== mine) expect(parseTaskId(other, taskId)).toBeUndefined()
        }
      }),
    )
  })

  it('has the documented form', () => {
    expect(taskIdOf(mainSubApp, newRunId(1))).toMatch(/^1500000000-Procedure-[0-9a-f]{32}t0$/)
  })

  it('is refused in any other form', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(parseTaskId(mainSubApp, text)).toBeUndefined()))
  })
})
