import { RateLimiter } from '@libs/workflow'
import { type AliyunCaller, currentAliyun } from '../../../test/aliyun/callers'
import { type DialectsDoor, mainKey, openDialects } from './open-dialects'

/** Counts as if a second never ended. */
class EndlessSecond extends RateLimiter {
  private readonly taken = new Map<string, number>()

  override async take(who: string, action: string, perSecond: number): Promise<boolean> {
    const key = `${who}: ${action}`
    const count = (this.taken.get(key) ?? 0) + 1
    this.taken.set(key, count)
    return count <= perSecond
  }
}

let door: DialectsDoor

beforeEach(async () => {
  door = await openDialects(new EndlessSecond())
})

afterEach(() => door.close())

function callerOf(version: string): AliyunCaller {
  return currentAliyun({ url: `http://127.0.0.1:${door.port}`, accessKey: mainKey }, version)
}

it('a key has thirty calls of an action in a second at Alibaba VOD, and thirty of its namesake at IMS', async () => {
  for (const version of ['2017-03-21', '2020-11-09']) {
    const caller = callerOf(version)
    const codeOf = async (action: string) => {
      const thrown: unknown = await caller.call(action, {}).catch((error: unknown) => error)
      return typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined
    }
    for (let call = 0; call < 30; call += 1) expect(await codeOf('SubmitSnapshotJob')).toMatch(/^Missing/)
    expect(await codeOf('SubmitSnapshotJob')).toBe('Throttling.User')
    expect(await codeOf(version === '2017-03-21' ? 'ListSnapshots' : 'GetSnapshotJob')).toMatch(/^Missing/)
  }
})
