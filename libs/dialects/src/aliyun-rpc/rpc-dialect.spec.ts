import { aliyunIms } from '../aliyun-ims/aliyun-ims.dialect'
import { aliyunVod } from '../aliyun-vod/aliyun-vod.dialect'
import type { HeardRequest } from '../dialect'

const [vod, ims] = ['2017-03-21', '2020-11-09']

function aForm(parameters: Readonly<Record<string, string>>, path = '/'): HeardRequest {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return { method: 'POST', path, query: '', headers, body: Buffer.from(String(new URLSearchParams(parameters))) }
}

function aQuery(parameters: Readonly<Record<string, string>>): HeardRequest {
  return { method: 'GET', path: '/', query: String(new URLSearchParams(parameters)), headers: {} }
}

describe.each([
  [aliyunVod, vod],
  [aliyunIms, ims],
])('$name', (dialect, Version) => {
  it('recognises its version beside an action, however unsigned', () => {
    for (const say of [aForm, aQuery]) {
      expect(dialect.recognise(say({ Action: 'SubmitSnapshotJob', Version }))).toBe(true)
      expect(dialect.recognise(say({ Version }))).toBe(false)
      expect(dialect.recognise(say({ Action: 'SubmitSnapshotJob', Version: '2018-07-17' }))).toBe(false)
      expect(dialect.recognise(say({ Action: 'SubmitSnapshotJob' }))).toBe(false)
    }
    expect(dialect.recognise(aForm({ Action: 'SubmitSnapshotJob', Version }, '/v1/runs'))).toBe(false)
  })

  it('allows a key thirty calls of an action in a second, fifteen of the queries for jobs at VOD', () => {
    const fewer = Object.keys(dialect.actions).filter((action) => dialect.callsPerSecond(action) !== 30)
    expect(fewer).toEqual(dialect === aliyunVod ? ['GetJobDetail', 'ListJobInfo'] : [])
    expect(fewer.map((action) => dialect.callsPerSecond(action))).toEqual(fewer.map(() => 15))
  })
})
