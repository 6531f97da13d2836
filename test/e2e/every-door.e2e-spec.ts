import { dialects } from '@libs/dialects'
import { RestModule } from '@libs/rest'
import { RequestMethod, type Type } from '@nestjs/common'
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants'
import { z } from 'zod'
import { sendRaw } from './product/send-raw'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

type Key = TestProduct['accessKey']

const refusal = z.object({ Response: z.object({ Error: z.object({ Code: z.string() }) }) })
const accessKey = z.object({ secretId: z.string(), secretKey: z.string() })
const versions: Readonly<Record<string, string>> = { 'aliyun-vod': '2017-03-21', 'aliyun-ims': '2020-11-09' }

/** Every route under `/v1`, as the module's controllers declare them: none can be forgotten here. */
function restRoutes(): readonly (readonly [method: string, path: string])[] {
  const controllers = Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, RestModule) as readonly Type[]
  return controllers.flatMap((controller) => {
    const base = String(Reflect.getMetadata(PATH_METADATA, controller))
    if (!base.startsWith('v1')) return []
    const prototype = controller.prototype as Record<string, object>
    return Object.getOwnPropertyNames(prototype).flatMap((name): (readonly [string, string])[] => {
      const handler = prototype[name] ?? {}
      const path: unknown = Reflect.getMetadata(PATH_METADATA, handler)
      if (typeof path !== 'string') return []
      const method = RequestMethod[Number(Reflect.getMetadata(METHOD_METADATA, handler))] ?? 'GET'
      const filled = `/${base}/${path}`
        .replaceAll(/\/+/g, '/')
        .replaceAll(/[:*]\w+/g, '1')
        .replace(/\/$/, '')
      return [[method === 'ALL' ? 'POST' : method, filled]]
    })
  })
}

describe('every door', () => {
  let product: TestProduct
  let wrongKeys: Readonly<Record<string, Key>>
  let before: unknown

  beforeAll(async () => {
    product = await startTestProduct({ backend: 'postgres' })
    const made = accessKey.parse(await (await product.rest.call('/v1/access-keys', { method: 'POST' })).json())
    await product.rest.call(`/v1/access-keys/${made.secretId}`, { method: 'DELETE' })
    await waitFor('The end of the key', 5_000, async () =>
      (await overRest('GET', '/v1/runs', made)).status === 401 ? true : undefined,
    )
    const { secretId } = product.accessKey
    wrongKeys = {
      unknown: { secretId: 'AKIDNOBODY', secretKey: 'x' },
      wrong: { secretId, secretKey: 'x' },
      revoked: made,
    }
    before = await everything()
  })

  afterAll(stopTestProducts)

  function overRest(method: string, path: string, key?: Key): Promise<Response> {
    const authorization = key && `Basic ${btoa(`${key.secretId}:${key.secretKey}`)}`
    const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) }
    return fetch(product.url + path, { method, headers, ...(method !== 'GET' && { body: '{}' }) })
  }

  /** What is in every table but the notes of requests. */
  async function everything(): Promise<unknown> {
    const tables = await product.query(
      "select tablename from pg_tables where schemaname = 'public' and tablename <> 'admitted' order by 1",
    )
    const names = tables.map(({ tablename }) => String(tablename))
    const sums = names.map(
      (name) => `select '${name}' as name, md5(string_agg(t::text, '' order by t::text)) from "${name}" t`,
    )
    return product.query(sums.join(' union all '))
  }

  it('is known', () => {
    expect(restRoutes().length).toBeGreaterThan(30)
    expect(restRoutes()).toContainEqual(['POST', '/v1/runs/1/abort'])
  })

  it.each(restRoutes())('%s %s is shut to whoever has no good key', async (method, path) => {
    for (const key of [undefined, ...Object.values(wrongKeys)]) {
      const response = await overRest(method, path, key)
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([
        401,
        expect.stringContaining('Basic'),
      ])
      expect(await response.json()).toMatchObject({ code: key === undefined ? 'auth.missing' : 'auth.badSignature' })
    }
  })

  it.each(Object.keys(dialects['tencent-vod'].actions))('%s is shut to whoever has no good key', async (action) => {
    const codes = [sendRaw(product, { action, body: '{}', authorization: '' })]
    for (const key of Object.values(wrongKeys))
      codes.push(sendRaw({ ...product, accessKey: key }, { action, body: '{}' }))
    const told = await Promise.all(
      codes.map(async (code) => refusal.parse(await (await code).json()).Response.Error.Code),
    )
    const nobody = 'AuthFailure.SecretIdNotFound'
    expect(told).toEqual(['AuthFailure.InvalidAuthorization', nobody, 'AuthFailure.SignatureFailure', nobody])
  })

  const others = Object.values(dialects).filter(({ name }) => name !== 'tencent-vod')
  it.each(others.map((dialect) => [dialect.name, dialect] as const))(
    '%s: every action is shut to the unsigned',
    async (name, dialect) => {
      for (const action of Object.keys(dialect.actions)) {
        const version = versions[name]
        const upload = version === undefined
        const headers = upload ? {} : { 'x-acs-action': action, 'x-acs-version': version }
        const path = upload ? `/v3/index.php?Action=${action}` : '/'
        const response = await fetch(product.url + path, { method: 'POST', headers, ...(upload && { body: '{}' }) })
        const text = await response.text()
        if (upload) expect(JSON.parse(text)).toMatchObject({ code: 10_000 })
        else expect([response.status >= 400, text]).toEqual([true, expect.stringMatching(/AccessKeyId|Signature/)])
      }
    },
  )

  it('has let nothing through', async () => {
    expect(await everything()).toEqual(before)
  })
})
