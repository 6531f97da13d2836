import type { FaultCase } from '../fault-case'

/**
 * F26: a release. Customers here know no load balancer, so calls may find nobody at an address for the moment that its
 * process is replaced; what may not be is an answer that says that something broke. `test/e2e/rolling-restart.e2e-spec.ts`
 * is the same behind a balancer, where every call has to succeed.
 */
export const rollingRestart: FaultCase = {
  id: 'F26',
  title: 'every process replaced in turn',
  backends: ['redis', 'postgres'],
  runs: 1_000,
  convergeWithinS: 60,
  lab: { env: { DRAIN_SECONDS: '1', SHUTDOWN_GRACE_SECONDS: '30' } },
  async harm({ lab, isOver, complain }) {
    let replaced = 0
    do {
      for (const member of lab.fleet.members) {
        const code = await member.replace()
        replaced += 1
        if (code !== 0) complain(`${member.name} ended with ${code ?? 'a signal'}`)
      }
    } while (!isOver())
    return replaced
  },
  check: ({ extraExecutions }, { caller }) => {
    const broken = caller.records.filter(({ status }) => status !== undefined && status >= 500)
    return [
      ...(extraExecutions > 0 ? [`${extraExecutions} extra executions`] : []),
      ...(broken.length > 0 ? [`${broken.length} calls were answered ${broken[0]?.status ?? ''}`] : []),
    ]
  },
}
