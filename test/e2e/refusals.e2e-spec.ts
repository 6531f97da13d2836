import { makeLumaClock, queueBackends } from '@libs/testing'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { FileServer } from './neighbours/file-server'
import { procedureTask, resultsOf } from './pictures/task-event'
import { processesOf } from './product/processes'
import { type RawRequest, sendRaw } from './product/send-raw'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const refusal = z.object({ Response: z.object({ Error: z.object({ Code: z.string(), Message: z.string() }) }) })
const sprites = { ImageSpriteTaskSet: [{ Definition: 10 }] }
const offsets = (offset: string) => ({
  SnapshotByTimeOffsetTaskSet: [{ Definition: 10, ExtTimeOffsetSet: ['1s', offset] }],
})
const secondOffset = 'MediaProcessTask.SnapshotByTimeOffsetTaskSet.0.ExtTimeOffsetSet.1: '

describe.each(queueBackends())('bad input on %s', (backend) => {
  let product: TestProduct
  let FileId: string
  let running: readonly number[]

  beforeAll(async () => {
    product = await startTestProduct({ backend })
    const clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 2 })
    FileId = (await product.rest.upload(clip)).mediaId
    await product.vendor.ProcessMedia({ FileId, MediaProcessTask: sprites, SessionId: 'used' })
    await waitFor('The end of the run', 20_000, async () => {
      const [busy] = await product.query("select from run where state <> 'finished'")
      return busy === undefined ? true : undefined
    })
    running = pids()
  })

  afterAll(stopTestProducts)

  const pids = () => processesOf(product).map(({ pid }) => pid)

  /** Files of the storage, and how many rows each table has; a signature that was seen is remembered whatever came of it. */
  async function stored(): Promise<unknown> {
    const tables = await product.query(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> 'admitted' order by 1`,
    )
    const counts = tables.map(({ name }) => `select '${String(name)}' as name, count(*) from "${String(name)}"`)
    const files = await readdir(join(product.dataDir, 'media'), { recursive: true })
    return { files, rows: await product.query(counts.join(' union all ')) }
  }

  /** What a call is refused with; by then it is certain that nothing was stored, and that every process lives. */
  async function refused(call: () => Promise<unknown>): Promise<{ code: string; message: string }> {
    const before = await stored()
    const error: unknown = await call().then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(await stored()).toEqual(before)
    expect(pids()).toEqual(running)
    return z.object({ code: z.string(), message: z.string() }).parse(error)
  }

  async function refusedRaw(request: RawRequest): Promise<string> {
    const { code } = await refused(async () => {
      const response = await sendRaw(product, request)
      expect(response.status).toBe(200)
      const { Code, Message } = refusal.parse(await response.json()).Response.Error
      throw Object.assign(new Error(Message), { code: Code })
    })
    return code
  }

  it.each([
    ['an unknown action', 'InvalidAction', { action: 'DeleteEverything', body: '{}' }],
    [
      'a malformed signature',
      'AuthFailure.InvalidAuthorization',
      { action: 'PullEvents', body: '{}', authorization: 'TC3-HMAC-SHA256 Credential=me' },
    ],
    ['no signature', 'AuthFailure.InvalidAuthorization', { action: 'PullEvents', body: '{}', authorization: '' }],
    [
      'a clock six minutes late',
      'AuthFailure.SignatureExpire',
      { action: 'PullEvents', body: '{}', atMs: Date.now() - 360_000 },
    ],
    [
      'a clock six minutes early',
      'AuthFailure.SignatureExpire',
      { action: 'PullEvents', body: '{}', atMs: Date.now() + 390_000 },
    ],
    ['a body of 20 MB', 'RequestSizeLimitExceeded', { action: 'ProcessMedia', body: 'x'.repeat(20 * 1024 * 1024) }],
    [
      'invalid UTF-8',
      'InvalidParameter',
      { action: 'ProcessMedia', body: Uint8Array.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]) },
    ],
  ] satisfies [string, string, RawRequest][])('refuses %s with %s', async (_what, code, request) => {
    expect(await refusedRaw(request)).toBe(code)
  })

  it.each([
    ['no source', 'MissingParameter', 'FileId: ', { MediaProcessTask: sprites }],
    ['both sources', 'InvalidParameter', 'Url: ', { FileId: '1', Url: 'http://h/a', MediaProcessTask: sprites }],
    ['no task sets', 'MissingParameter', 'MediaProcessTask: ', {}],
    ['empty task sets', 'MissingParameter', 'MediaProcessTask: ', { MediaProcessTask: { ImageSpriteTaskSet: [] } }],
    [
      'an unknown template',
      'ResourceNotFound.TemplateNotExist',
      'MediaProcessTask.ImageSpriteTaskSet.0.Definition: ',
      { MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: 4711 }] } },
    ],
    ['a negative offset', 'InvalidParameterValue', secondOffset, { MediaProcessTask: offsets('-1s') }],
    ['an offset that is no number', 'InvalidParameterValue', secondOffset, { MediaProcessTask: offsets('abc') }],
    ['an offset of 150%', 'InvalidParameterValue', secondOffset, { MediaProcessTask: offsets('150%') }],
    [
      'a SessionId that was used',
      'InvalidParameterValue.SessionId',
      'SessionId: ',
      { MediaProcessTask: sprites, SessionId: 'used' },
    ],
  ])('refuses ProcessMedia with %s: %s', async (what, code, field, parameters) => {
    const source = 'FileId' in parameters || what === 'no source' ? {} : { FileId }
    const told = await refused(() => product.vendor.request('ProcessMedia', { ...source, ...parameters }))
    expect(told.code).toBe(code)
    expect(told.message.startsWith(field)).toBe(true)
  })

  it('refuses an unknown procedure, in either API', async () => {
    const vendor = () => product.vendor.ProcessMediaByProcedure({ FileId, ProcedureName: 'nobody' })
    expect((await refused(vendor)).code).toBe('InvalidParameterValue.ProcedureName')
    const before = await stored()
    const clip = join(product.folder, 'clock.mp4')
    const upload = product.rest.upload(clip, { procedure: 'nobody' })
    await expect(upload).rejects.toMatchObject({ status: 422, code: 'procedure.notFound', field: 'procedure' })
    expect(await stored()).toEqual(before)
  })

  // The road to the outside is the same with every queue.
  if (backend !== 'postgres') return
  it('never reaches a private address that is not allowed', async () => {
    const trap = new FileServer(product.folder)
    await trap.open()
    try {
      const Url = trap.urlOf('clock.mp4')
      const { TaskId = '' } = await product.vendor.ProcessMedia({ Url, MediaProcessTask: sprites })
      const task = await waitFor('The end of the run', 20_000, async () => {
        const { Status, ProcedureTask } = await product.vendor.DescribeTaskDetail({ TaskId })
        return Status === 'FINISH' ? procedureTask.parse(ProcedureTask) : undefined
      })
      expect(resultsOf(task)).toMatchObject([
        { Status: 'FAIL', ErrCode: 60_000, ErrCodeExt: 'SourceFileError.DownloadNotAccessible' },
      ])
      expect(trap.requests).toBe(0)
    } finally {
      await trap.close()
    }
  })
})
