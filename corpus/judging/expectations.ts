import type { ReportedTask, RunEnd } from '../product/run-report'
import type { Expectation } from './trials'
import { type Looks, lookAt } from './looks'

/** All four tasks failed for this reason. @param retries how often it was tried again, for good reasons only */
export function fails(codes: string | readonly string[], { retries = 0 } = {}): Expectation {
  const allowed = [codes].flat()
  return (end) => {
    const found = end.tasks.map(({ fault, state }) => fault?.code ?? state)
    if (!found.every((code) => allowed.includes(code))) throw wrong(end, `expected ${allowed.join(' or ')}`)
    if (end.retries !== retries) throw wrong(end, `expected ${retries} retries, there were ${end.retries}`)
    const retried = retries > 0 ? `, tried ${retries + 1} times` : ''
    return `fails: ${[...new Set(found)].join(', ')}${retried}`
  }
}

/** All four tasks succeeded, and their pictures are as they should be. */
export function succeeds(looks: Looks): Expectation {
  return async (end, lab) => {
    if (!end.tasks.every(({ state }) => state === 'succeeded')) throw wrong(end, 'expected success')
    await lookAt(end, looks, lab)
    return 'succeeds'
  }
}

/** Some tasks may fail for one of these reasons; those that succeeded have right pictures. */
export function succeedsOr(codes: readonly string[], looks: Looks): Expectation {
  return async (end, lab) => {
    const states = end.tasks.map(({ fault, state }) => fault?.code ?? state)
    if (!states.every((state) => state === 'succeeded' || codes.includes(state))) {
      throw wrong(end, `expected success or ${codes.join(' or ')}`)
    }
    await lookAt(end, looks, lab)
    const told = end.tasks.map((task) => `${shortKind[task.kind]} ${task.fault?.code ?? task.state}`)
    return new Set(states).size === 1 ? (states[0] ?? '') : told.join(', ')
  }
}

/** The snapshots at offsets fail for this reason, the other three tasks succeed. */
export function failsAtOffsets(code: string, looks: Looks): Expectation {
  return async (end, lab) => {
    const [offsets, ...others] = end.tasks
    if (offsets?.fault?.code !== code || !others.every(({ state }) => state === 'succeeded')) {
      throw wrong(end, `expected ${code} of the snapshots at offsets alone`)
    }
    await lookAt(end, looks, lab)
    return `offsets fail: ${code}; the others succeed`
  }
}

const shortKind: Readonly<Record<ReportedTask['kind'], string>> = {
  snapshotByTimeOffset: 'offsets',
  sampleSnapshot: 'samples',
  imageSprites: 'sprite',
  coverBySnapshot: 'cover',
}

export function wrong({ tasks, runId }: RunEnd, expected: string): Error {
  const found = tasks.map(
    ({ kind, state, fault }) => `${shortKind[kind]} ${fault?.code ?? state} ${fault?.detail ?? ''}`,
  )
  return new Error(`${expected}; run ${runId}: ${found.join(' | ')}`)
}
