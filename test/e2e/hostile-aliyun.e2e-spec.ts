import { dialects } from '@libs/dialects'
import { makeLumaClock } from '@libs/testing'
import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type AliyunCaller, currentAliyun } from '../aliyun/callers'
import { sendSigned, type Way } from '../aliyun/send-signed'
import { aliyunVendors, type Belongings } from './hostile/aliyun-vendors'
import { honestParameters, spoiltParameters } from './hostile/spoilt-parameters'
import { tableSums } from './hostile/table-sums'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const runsPerAction = 40

const refusal = z.strictObject({
  RequestId: z.string().regex(/^[0-9A-F-]{36}$/),
  HostId: z.string(),
  Code: z.string(),
  Message: z.string().min(1),
  Recommend: z.url(),
})

/** What parameters can be refused with, and the status that the vendor's documents have it with. */
const statuses: Readonly<Record<string, number>> = {
  'InvalidVideo.NotFound': 404,
  'InvalidApp.NotFound': 404,
  NoSuchResource: 404,
  OperationDenied: 403,
  'Forbidden.IllegalStatus': 400,
  RequestTooLarge: 413,
}

/** `MissingParameter`, `InvalidParameter`, and those that name the parameter. @returns undefined for all other codes */
function statusOf(code: string): number | undefined {
  return statuses[code] ?? (/^(Missing|Invalid)[A-Z][A-Za-z]*$/.test(code) ? 400 : undefined)
}

const xml = new XMLParser({ parseTagValue: false, processEntities: true })

interface Answer {
  readonly status: number
  readonly root: string | undefined
  readonly members: unknown
}

/** @throws when an answer is not what its content type says, is compressed, or tells of the inside */
async function read(response: Response): Promise<Answer> {
  const { status, headers } = response
  const body = await response.text()
  expect(body).not.toMatch(/node_modules|\.[jt]s:\d| {4}at /)
  expect(headers.get('content-encoding')).toBeNull()
  const contentType = headers.get('content-type')
  if (contentType?.startsWith('application/json') === true)
    return { status, root: undefined, members: JSON.parse(body) as unknown }
  expect(contentType).toBe('text/xml;charset=utf-8')
  const document = z.record(z.string(), z.unknown()).parse(xml.parse(body, true))
  const [[root, members] = ['', undefined]] = Object.entries(document).filter(([name]) => name !== '?xml')
  return { status, root, members }
}

function expectSuccess({ root, members }: Answer, Action: string): void {
  if (root !== undefined) expect(root).toBe(`${Action}Response`)
  expect(members).toHaveProperty('RequestId')
  // The older of the vendor's clients takes an answer with a code for a refusal.
  expect(members).not.toHaveProperty('Code')
}

function expectRefusal({ status, root, members }: Answer): void {
  // Node reads no further than 64 KB of a head, and nothing is known of the call by then.
  if (status === 431) {
    expect(members).toMatchObject({ Code: 'RequestTooLarge' })
    return
  }
  if (root !== undefined) expect(root).toBe('Error')
  const { Code } = refusal.parse(members)
  expect([Code, status]).toEqual([Code, statusOf(Code)])
}

const ways: readonly (Way & { readonly Format: string })[] = [
  { method: 'POST', signature: 'V1', encoding: 'json', Format: 'JSON' },
  { method: 'GET', signature: 'V1', encoding: 'dotted', Format: 'XML' },
  { method: 'POST', signature: 'V3', encoding: 'dotted', Format: 'JSON' },
  { method: 'GET', signature: 'V3', encoding: 'json', Format: 'XML' },
]

const someWay = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  signature: fc.constantFrom('V1', 'V3'),
  encoding: fc.constantFrom('json', 'dotted'),
  Format: fc.constantFrom('JSON', 'XML'),
}) satisfies fc.Arbitrary<(typeof ways)[number]>

describe.each(['aliyun-vod', 'aliyun-ims'] as const)('parameters that no honest caller of %s sends', (dialect) => {
  const vendor = aliyunVendors[dialect]
  const { version: Version } = vendor
  let product: TestProduct
  let caller: AliyunCaller
  let mediaId: string
  let jobs: readonly string[]

  beforeAll(async () => {
    product = await startTestProduct({ backend: 'postgres' })
    caller = currentAliyun(product, Version)
    const clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 2 })
    mediaId = (await product.rest.upload(clip)).mediaId
    const bucket = join(product.folder, 'data/media/buckets/0/films/in')
    await mkdir(bucket, { recursive: true })
    await copyFile(clip, join(bucket, 'clock.mp4'))
    const { templates } = await vendor.make(caller)
    jobs = await Promise.all(templates.map((template) => vendor.submit(caller, mediaId, template)))
    await quiet()
  })

  afterAll(stopTestProducts)

  /** Work that was accepted changes tables until it has ended. */
  async function quiet(): Promise<void> {
    const open = "select from run where state in ('waiting', 'processing')"
    await waitFor('The end of all jobs', 60_000, async () =>
      (await product.query(open)).length === 0 ? true : undefined,
    )
  }

  async function fresh(): Promise<Belongings> {
    await quiet()
    await vendor.clear(caller)
    return { mediaId, jobs, ...(await vendor.make(caller)) }
  }

  const send = async (Action: string, parameters: object, { Format, ...way }: (typeof ways)[number]) =>
    read(await sendSigned(product, { Action, Version, Format }, parameters, way))

  it.each(Object.keys(dialects[dialect].actions))(
    'are answered by %s in the vendor’s words, and change nothing',
    async (Action) => {
      const action = dialects[dialect].actions[Action]
      if (action === undefined) throw new Error(`There is no ${Action}.`)
      // What is spoilt below is what works when it is whole.
      for (const way of ways) {
        const answer = await send(Action, honestParameters(action, vendor.samplesOf(Action, await fresh())), way)
        expect([answer.status, answer.members]).toEqual([200, expect.anything()])
        expectSuccess(answer, Action)
      }
      const samples = vendor.samplesOf(Action, await fresh())
      const property = fc.asyncProperty(spoiltParameters(action, samples), someWay, async (parameters, way) => {
        const before = await tableSums(product)
        const answer = await send(Action, parameters, way)
        if (answer.status === 200) {
          expectSuccess(answer, Action)
          return quiet()
        }
        expectRefusal(answer)
        expect(await tableSums(product)).toEqual(before)
      })
      await fc.assert(property, { numRuns: runsPerAction, endOnFailure: true })
    },
    600_000,
  )
})
