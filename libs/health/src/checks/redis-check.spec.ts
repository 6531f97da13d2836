import { findingsIn } from './redis-check'

const info = (changes: Readonly<Record<string, string>> = {}): string => {
  const values = {
    role: 'master',
    used_memory: '1000',
    maxmemory: '0',
    maxmemory_policy: 'noeviction',
    aof_enabled: '1',
    aof_last_write_status: 'ok',
    ...changes,
  }
  return `# Server\r\n${Object.entries(values)
    .map(([name, value]) => `${name}:${value}`)
    .join('\r\n')}\r\n`
}

describe('what an INFO of Redis tells', () => {
  it.each([
    { of: 'one that is as it should be', changes: {}, told: [] },
    { of: 'one with room', changes: { maxmemory: '2000' }, told: [] },
    { of: 'one that evicts', changes: { maxmemory_policy: 'allkeys-lru' }, told: [/allkeys-lru.*noeviction/] },
    { of: 'one without a log', changes: { aof_enabled: '0' }, told: [/appendonly/] },
    { of: 'one whose disk is full', changes: { aof_last_write_status: 'err' }, told: [/cannot write/] },
    { of: 'one that is nearly full', changes: { maxmemory: '1010' }, told: [/99 %/] },
    { of: 'a replica', changes: { role: 'slave' }, told: [/replica/] },
  ])('$of', ({ changes, told }) => {
    const findings = findingsIn(info(changes))
    expect(findings).toHaveLength(told.length)
    told.forEach((pattern, index) => expect(findings[index]).toMatch(pattern))
  })
})
