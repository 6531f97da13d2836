import { nodesOf, redisUrl } from './redis-url'

it.each([
  'redis://127.0.0.1:6379',
  'rediss://:secret@redis.example/3',
  'redis-cluster://one:7000',
  'redis-cluster://one:7000,two:7001,[::1]:7002',
  'rediss-cluster://user:pass%2Cword@one,two/',
])('REDIS_URL may be %s', (url) => {
  expect(redisUrl.safeParse(url).success).toBe(true)
})

it.each([
  'one:7000,two:7000',
  'http://one:7000',
  'redis-cluster://',
  'redis-cluster://one:7000,',
  'redis-cluster://one:port',
  'redis-cluster://one:7000/1',
  'redis-cluster://one:7000,user@two:7000',
  'http-cluster://one:7000',
])('REDIS_URL may not be %s', (url) => {
  expect(redisUrl.safeParse(url).success).toBe(false)
})

it('the login of a cluster is the same at every node', () => {
  const nodes = nodesOf('rediss-cluster://user:a%2Cb@one,two:7001') ?? []
  expect(nodes.map(({ username, password, host }) => [username, password, host])).toEqual([
    ['user', 'a%2Cb', 'one'],
    ['user', 'a%2Cb', 'two:7001'],
  ])
})
