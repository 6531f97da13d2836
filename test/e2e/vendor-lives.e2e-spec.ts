import { dialects } from '@libs/dialects'
import { readEnv } from '@libs/kernel'
import { makeLumaClock } from '@libs/testing'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { z } from 'zod'
import { AnswerCheck } from '../tencent/answer-check'
import { answered } from '../tencent/answered'
import { readStructures } from '../tencent/declarations'
import { CheckedCaller } from './lives/checked-caller'
import { vendorCallers } from './lives/vendor-callers'
import { liveWholeLife, type Surroundings } from './lives/whole-life'
import { FileServer } from './neighbours/file-server'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'

const repository = join(__dirname, '../..')
const { UPDATE_PAGES } = readEnv({ UPDATE_PAGES: z.string().optional() })
const structures = readStructures()
const check = new AnswerCheck(structures, extensionsIn(answered))

describe('the official clients', () => {
  let product: TestProduct
  let files: FileServer
  let surroundings: Omit<Surroundings, 'name'>

  beforeAll(async () => {
    product = await startTestProduct({ backend: 'postgres', egressAllow: '127.0.0.0/8' })
    const clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 4, sound: true })
    files = new FileServer(product.folder)
    await files.open()
    const logo = sharp({ create: { width: 32, height: 16, channels: 3, background: '#f00' } })
    const picture = (await logo.png().toBuffer()).toString('base64')
    surroundings = { clip, clipUrl: files.urlOf('clock.mp4'), picture }
  })

  afterAll(async () => {
    await stopTestProducts()
    await files.close()
  })

  describe.each(Object.entries(vendorCallers))('%s', (name, callerOf) => {
    it('lives a whole life', async () => {
      const caller = new CheckedCaller(callerOf(product), check)
      await liveWholeLife(caller, { ...surroundings, name: `life ${Object.keys(vendorCallers).indexOf(name)}` })
    })

    it('is told what is wrong in the vendor’s words', async () => {
      const caller = callerOf(product)
      const FileId = '1'
      const MediaProcessTask = { CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: 'Time', PositionValue: 0 }] }
      await expect(caller.call('ProcessMedia', { FileId, MediaProcessTask })).rejects.toMatchObject({
        code: 'InvalidParameterValue.FileId',
        message: expect.stringContaining('FileId') as unknown,
      })
      await expect(caller.call('DeleteImageSpriteTemplate', {})).rejects.toMatchObject({ code: 'MissingParameter' })
      await expect(caller.call('ModifySampleSnapshotTemplate', { Definition: 9, Width: 1 })).rejects.toMatchObject({
        code: 'InvalidParameterValue.Width',
      })
      const transcode = { FileId, MediaProcessTask: { TranscodeTaskSet: [{ Definition: 10 }] } }
      await expect(caller.call('ProcessMedia', transcode)).rejects.toMatchObject({ code: 'UnsupportedOperation' })
    })

    it('is refused with a wrong key', async () => {
      const { url, accessKey } = product
      const strange = callerOf({ url, accessKey: { ...accessKey, secretId: 'AKIDunknown' } })
      await expect(strange.call('DescribeEventConfig', {})).rejects.toMatchObject({
        code: 'AuthFailure.SecretIdNotFound',
      })
      const forger = callerOf({ url, accessKey: { ...accessKey, secretKey: 'forged' } })
      await expect(forger.call('DescribeEventConfig', {})).rejects.toMatchObject({
        code: 'AuthFailure.SignatureFailure',
      })
    })
  })

  it('keep sub-applications', async () => {
    const [callerOf] = Object.values(vendorCallers)
    if (callerOf === undefined) throw new Error('There is no client.')
    const caller = new CheckedCaller(callerOf(product), check)
    const created = z.object({ SubAppId: z.int() })
    const { SubAppId } = await caller.call('CreateSubAppId', { Name: 'another', Description: 'theirs' }, created)
    await caller.do('ModifySubAppIdInfo', { SubAppId, Name: 'renamed' })
    await caller.call('DescribeSubAppIds', {}, z.object({ TotalCount: z.int().min(1) }))
    await caller.call('DescribeImageSpriteTemplates', { SubAppId }, z.object({ TotalCount: z.int() }))
    await caller.call('DescribeEventsState', { SubAppId }, z.object({ CountOfEventsToPull: z.literal(0) }))
    await caller.do('ModifySubAppIdStatus', { SubAppId, Status: 'Off' })
  })

  it('may send queries of up to 32 KB', async () => {
    const get = vendorCallers['the SDK, TC3 by GET']?.(product)
    const FileId = (await product.rest.upload(surroundings.clip)).mediaId
    const send = (offsets: number) => {
      const ExtTimeOffsetSet = Array.from({ length: offsets }, () => '1s')
      const SnapshotByTimeOffsetTaskSet = [{ Definition: 10, ExtTimeOffsetSet }]
      return get?.call('ProcessMedia', { FileId, MediaProcessTask: { SnapshotByTimeOffsetTaskSet } })
    }
    expect(await send(400)).toMatchObject({ TaskId: expect.stringContaining('Procedure') as unknown })
    await expect(send(700)).rejects.toMatchObject({ code: 'RequestSizeLimitExceeded' })
  })

  it('abort what waits', async () => {
    const [callerOf] = Object.values(vendorCallers)
    if (callerOf === undefined) throw new Error('There is no client.')
    const caller = new CheckedCaller(callerOf(product), check)
    const order = { Url: files.neverUrl, MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: 10 }] } }
    const { TaskId } = await caller.call('ProcessMedia', order, z.object({ TaskId: z.string() }))
    await caller.do('ManageTask', { TaskId, OperationType: 'Abort' })
    await caller.event('ProcedureStateChanged', TaskId)
  })

  it('find every member of the type that the SDK declares, and those that docs/tencent-vod.md lists', () => {
    if (UPDATE_PAGES !== undefined) writeAnswered(check.carried())
    expect([...check.mistakes]).toEqual([])
    expect(check.carried()).toEqual(answered)
    const served = Object.keys(dialects['tencent-vod'].actions).map((action) => `${action}Response`)
    expect(Object.keys(check.carried())).toEqual(expect.arrayContaining(served))
  })
})

/** For docs/tencent-vod.md. */
function writeAnswered(carried: typeof answered): void {
  const text = `/**
 * The members of the vendor's structures that answers and events carry. The end-to-end lives of the official clients see
 * all of them, and nothing else; with UPDATE_PAGES=1 they write this file.
 */
export const answered: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(carried)}\n`
  const prettier = join(repository, 'node_modules/prettier/bin/prettier.cjs')
  const file = join(repository, 'test/tencent/answered.ts')
  writeFileSync(file, execFileSync(process.execPath, [prettier, '--stdin-filepath', file], { input: text }))
}

/** Members that the vendor does not declare. */
function extensionsIn(members: typeof answered): typeof answered {
  const own = Object.entries(members).map(([name, carried]) => {
    return [name, carried.filter((member) => structures.get(name)?.has(member) !== true)] as const
  })
  return Object.fromEntries(own)
}
