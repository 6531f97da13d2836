import { newRunId, newTaskId } from '@libs/kernel'
import { isOfNewerRelease, parseExecuteEnvelope, parseSettleEnvelope, workOfJob } from './envelope'

const envelope = {
  version: 1,
  runId: newRunId(1),
  taskId: newTaskId(2),
  generation: 1,
  kind: 'imageSprites',
  input: { settings: { rows: 2 }, request: {} },
  subject: { sourceKey: 'sources/0/1' },
  subAppId: 0,
  trace: { sentAtMs: 3 },
}

function faultOf(act: () => unknown): unknown {
  try {
    return act()
  } catch (thrown) {
    return thrown
  }
}

describe('envelope', () => {
  it('comes out as it went in', () => {
    expect(parseExecuteEnvelope(JSON.parse(JSON.stringify(envelope)))).toEqual(envelope)
  })

  it('of an earlier release tells nothing of the call that it is for, and is taken', () => {
    const { version, taskId, generation, runId } = envelope
    expect(parseSettleEnvelope({ version, taskId, generation })).toEqual({ version, taskId, generation })
    expect(workOfJob({ id: 'x', data: envelope })).toEqual({ jobId: 'x', runId, taskId })
    const trace = { ...envelope.trace, requestId: 'request-1' }
    expect(parseExecuteEnvelope({ ...envelope, trace })).toEqual({ ...envelope, trace })
    const data = { ...envelope, trace }
    expect(workOfJob({ id: 'x', data })).toEqual({ jobId: 'x', runId, taskId, requestId: 'request-1' })
  })

  it.each([undefined, 7, { runId: 7 }])('that is wrong is logged with the id of its job alone: %j', (data) => {
    expect(workOfJob({ id: 'x', data })).toEqual({ jobId: 'x' })
  })

  it.each([{ version: 2 }, { version: undefined }, { version: '1' }])('refuses for good what has %j', (change) => {
    const read = (): unknown => parseExecuteEnvelope({ ...envelope, ...change })
    expect(faultOf(read)).toMatchObject({ code: 'task.invalidConfiguration', retry: false })
  })

  it.each([
    [{ version: 2 }, true],
    [{ version: 1 }, false],
    [{ version: '2' }, false],
    [undefined, false],
  ] as const)('of a newer release is known as such: %j', (data, isNewer) =>
    expect(isOfNewerRelease(data)).toBe(isNewer),
  )

  it.each([undefined, null, 'text', []])('refuses %j', (data) => {
    expect(() => parseExecuteEnvelope(data)).toThrow(/envelope version/)
    expect(() => parseSettleEnvelope(data)).toThrow(/envelope version/)
  })

  it('names the field that is wrong', () => {
    expect(() => parseExecuteEnvelope({ ...envelope, taskId: '../x' })).toThrow(/taskId/)
    expect(() => parseExecuteEnvelope({ ...envelope, kind: 'none' })).toThrow(/kind/)
    expect(() => parseSettleEnvelope({ version: 1, taskId: envelope.taskId, generation: -1 })).toThrow(/generation/)
  })
})
