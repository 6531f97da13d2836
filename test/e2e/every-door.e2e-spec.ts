import { dialects } from '@libs/dialects'
import { RestModule } from '@libs/rest'
import { keyScopes, type KeyScope } from '@libs/workflow'
import { RequestMethod, type Type } from '@nestjs/common'
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants'
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { currentAliyun } from '../aliyun/callers'
import { sendSigned } from '../aliyun/send-signed'
import { tableSums } from './hostile/table-sums'
import { sendRaw } from './product/send-raw'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

type Key = TestProduct['accessKey']

const refusal = z.object({ Response: z.object({ Error: z.object({ Code: z.string() }) }) })
const accessKey = z.object({ secretId: z.string(), secretKey: z.string() })
const versions: Readonly<Record<string, string>> = { 'aliyun-vod': '2017-03-21', 'aliyun-ims': '2020-11-09' }

const codeOf = z.object({ code: z.string() })
const aliyunRefusal = z.object({ Code: z.string() })

async function codeIn(response: Response): Promise<string> {
  return aliyunRefusal.parse(await response.json()).Code
}

/** As a backend signs for its clients (Tencent Cloud VOD, "Signature for client upload"). */
function clientSignature({ secretId, secretKey }: Key): string {
  const nowS = String(Math.floor(Date.now() / 1_000))
  const plain = new URLSearchParams({
    secretId,
    currentTimeStamp: nowS,
    expireTime: `${Number(nowS) + 600}`,
    random: '1',
  })
  const digest = createHmac('sha1', secretKey).update(plain.toString()).digest()
  return Buffer.concat([digest, Buffer.from(plain.toString())]).toString('base64')
}

/** Every route under `/v1`, as the module's controllers declare them: none can be forgotten here. */
function restRoutes(): readonly (readonly [method: string, path: string])[] {
  const controllers = Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, RestModule) as readonly Type[]
  return controllers.flatMap((controller) => {
    const base = String(Reflect.getMetadata(PATH_METADATA, controller))
    if (!base.startsWith('v1')) return []
    const prototype = controller.prototype as Record<string, object>
    const names = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor')
    return names.flatMap((name): (readonly [string, string])[] => {
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

/** As docs/rest.md says. */
function scopeFor(method: string, path: string): KeyScope {
  const room = path.split('/')[2] ?? ''
  if (['access-keys', 'sub-apps'].includes(room) && !(room === 'sub-apps' && method === 'GET')) return 'admin'
  if (['uploads', 'hooks'].includes(room) || (room === 'media' && method === 'POST')) return 'upload'
  if (method === 'GET') return 'read'
  if (['runs', 'tasks'].includes(room)) return 'process'
  return ['events', 'deliveries'].includes(room) ? 'events' : 'manage'
}

describe('every door', () => {
  let product: TestProduct
  let wrongKeys: Readonly<Record<'unknown' | 'wrong' | 'revoked', Key>>
  const scopedKeys = new Map<KeyScope, Key>()
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
    for (const scope of keyScopes) {
      const body = JSON.stringify({ scopes: [scope] })
      const made = await product.rest.call('/v1/access-keys', { method: 'POST', body })
      scopedKeys.set(scope, accessKey.parse(await made.json()))
    }
    before = await tableSums(product)
  })

  afterAll(stopTestProducts)

  function overRest(method: string, path: string, key?: Key): Promise<Response> {
    const authorization = key && `Basic ${btoa(`${key.secretId}:${key.secretKey}`)}`
    const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) }
    const isBare = method === 'GET' || method === 'HEAD'
    return fetch(product.url + path, { method, headers, ...(!isBare && { body: '{}' }) })
  }

  async function askAs(scope: KeyScope, dialect: string, action: string): Promise<string> {
    const accessKey = scopedKeys.get(scope) ?? product.accessKey
    const { url } = product
    if (dialect === 'tencent-vod') return (await sendRaw({ url, accessKey }, { action, body: '{}' })).text()
    if (dialect === 'tencent-client-upload') {
      const body = JSON.stringify({ signature: clientSignature(accessKey) })
      return (await fetch(`${url}/v3/index.php?Action=${action}`, { method: 'POST', body })).text()
    }
    const Version = versions[dialect] ?? ''
    return (await sendSigned({ url, accessKey }, { Action: action, Version, Format: 'JSON' }, {})).text()
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
      // A HEAD has no body to say it in.
      if (method === 'HEAD') continue
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

  it('speaks a language that this test speaks', () => {
    const known = ['tencent-vod', 'tencent-client-upload', ...Object.keys(versions)]
    expect(known).toEqual(expect.arrayContaining(Object.keys(dialects)))
  })

  const uploads = dialects['tencent-client-upload'].actions
  it.each(Object.keys(uploads))('%s is shut to clients that nobody with a good key has signed for', async (action) => {
    const ask = async (signature?: string) => {
      const body = JSON.stringify({ signature })
      const response = await fetch(`${product.url}/v3/index.php?Action=${action}`, { method: 'POST', body })
      return await response.json()
    }
    const { unknown, wrong, revoked } = wrongKeys
    expect(await ask()).toEqual({ code: 10_000, message: 'signature: A signature is needed.' })
    for (const key of [unknown, revoked]) {
      expect(await ask(clientSignature(key))).toMatchObject({
        code: 10_000,
        message: expect.stringContaining('no access key') as string,
      })
    }
    expect(await ask(clientSignature(wrong))).toMatchObject({
      code: 10_000,
      message: expect.stringContaining('does not match') as string,
    })
  })

  const rpcActions = Object.entries(dialects).flatMap(([name, { actions }]) => {
    const version = versions[name]
    return version === undefined ? [] : Object.keys(actions).map((action) => [name, action, version] as const)
  })
  it.each(rpcActions)('%s: %s is shut to whoever has no good key', async (_name, Action, Version) => {
    const headers = { 'x-acs-action': Action, 'x-acs-version': Version }
    const unsigned = await fetch(`${product.url}/`, { method: 'POST', headers })
    expect(await codeIn(unsigned)).toBe('MissingAccessKeyId')
    const told = Object.values(wrongKeys).map(async (accessKey) => {
      const door = { url: product.url, accessKey }
      const v1 = await sendSigned(door, { Action, Version, Format: 'JSON' }, {}).then(codeIn)
      const v3 = await currentAliyun(door, Version)
        .call(Action, {})
        .then(
          () => 'let in',
          (refused: unknown) => codeOf.parse(refused).code,
        )
      return [v1, v3]
    })
    const nobody = 'InvalidAccessKeyId.NotFound'
    const forged = 'SignatureDoesNotMatch'
    expect(await Promise.all(told)).toEqual([
      [nobody, nobody],
      [forged, forged],
      [nobody, nobody],
    ])
  })

  it.each(restRoutes().filter(([, path]) => path !== '/v1/1'))(
    '%s %s is shut to keys that are for something else',
    async (method, path) => {
      const others = keyScopes.filter((scope) => scope !== scopeFor(method, path))
      const answers = await Promise.all(others.map((scope) => overRest(method, path, scopedKeys.get(scope))))
      expect(answers.map(({ status }) => status)).toEqual(others.map(() => 403))
    },
  )

  const scoped = Object.entries(dialects).flatMap(([name, { actions }]) =>
    Object.entries(actions).map(([action, { needs }]) => [name, action, needs] as const),
  )
  it.each(scoped)('%s: %s is shut to keys that are not for it (%s)', async (name, action, needs) => {
    const refused = /"(?:Code":"(?:UnauthorizedOperation|Forbidden)"|message":"The key has not the scope)/
    for (const scope of keyScopes.filter((each) => each !== needs)) {
      expect(await askAs(scope, name, action)).toMatch(refused)
    }
    if (needs === 'read') expect(await askAs('read', name, action)).not.toMatch(refused)
  })

  it('has let nothing through', async () => {
    expect(await tableSums(product)).toEqual(before)
  })
})
