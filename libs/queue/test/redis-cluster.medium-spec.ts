import { queueBackends } from '@libs/testing'
import { once } from 'node:events'
import { type RedisClusterService, startRedisCluster } from '../../../test/services/start-redis-cluster'
import { queueCheck } from '../src/queue-check'
import { aDispatch, eventually, hearSettled, openRoad, type Road } from './test-road'

// A machine without redis-server has none to make a cluster of.
const onCluster = queueBackends().includes('redis') ? describe : describe.skip

onCluster('a queue in a Redis Cluster', () => {
  let cluster: RedisClusterService | undefined
  let road: Road
  beforeAll(async () => {
    cluster = await startRedisCluster()
    road = await openRoad('redis', cluster?.url)
  })
  afterAll(async () => {
    await road.stop()
    await cluster?.stop()
  })

  it('carries tasks of one flow after the other, and tells of each end', async () => {
    const tasks = [aDispatch(), aDispatch(), aDispatch()]
    const { of } = await hearSettled(road)
    await road.work(async () => ({ made: 1 }))
    await road.dispatcher.send(tasks)
    for (const { taskId } of tasks) {
      expect((await of(taskId)).outcome).toEqual({ status: 'succeeded', output: { made: 1 } })
    }
    await road.closeHosts()
  })

  it('carries the word to stop, and fails the execution that heard it', async () => {
    const task = aDispatch()
    const { of } = await hearSettled(road)
    let starts = 0
    await road.work(async (_envelope, _execution, signal) => {
      starts += 1
      await once(signal, 'abort')
      signal.throwIfAborted()
    })
    await road.dispatcher.send([task])
    await eventually(() => starts, 'start')
    await road.dispatcher.stop([task])
    expect((await of(task.taskId)).outcome).toMatchObject({ status: 'failed', fault: { code: 'task.aborted' } })
    await road.closeHosts()
  })

  it('notices once that the cluster lost its memory', async () => {
    await road.dispatcher.noticeWipe()
    expect(await road.dispatcher.noticeWipe()).toBe(false)
  })

  it('is judged by every master, and does not answer while one is away', async () => {
    const { look } = queueCheck(road.settings, 'broken')
    const findings = await look()
    expect(findings).toHaveLength(3)
    expect(new Set(findings).size).toBe(3)
    expect(await road.connection.isReachable()).toBe(true)
    await cluster?.nodes[0]?.stop()
    expect(await road.connection.isReachable()).toBe(false)
  })
})
