import { noteWork, originOfWork, workIds, workOn } from './work'

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('the ids of the work at hand', () => {
  it('are known to all that it waits for, with those that become known on the way', async () => {
    await workOn({ requestId: 'request-1' }, async () => {
      await later()
      noteWork({ runId: 'run-1' })
      await workOn({ taskId: 'task-1' }, async () => {
        await later()
        expect(workIds()).toEqual({ requestId: 'request-1', runId: 'run-1', taskId: 'task-1' })
      })
      expect(workIds()).toEqual({ requestId: 'request-1', runId: 'run-1' })
      expect(originOfWork()).toEqual({ requestId: 'request-1' })
    })
    expect(workIds()).toEqual({})
  })

  it('do not mix', async () => {
    const seen = ['a', 'b'].map((requestId) =>
      workOn({ requestId }, async () => {
        noteWork({ runId: `run of ${requestId}` })
        await later()
        return workIds()
      }),
    )
    expect(await Promise.all(seen)).toEqual([
      { requestId: 'a', runId: 'run of a' },
      { requestId: 'b', runId: 'run of b' },
    ])
  })
})
