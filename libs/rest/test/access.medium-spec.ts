import { mainSubApp } from '@libs/kernel'
import { MemoryInfrastructure, MemoryUnitOfWork } from '@libs/testing'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { Test } from '@nestjs/testing'
import supertest from 'supertest'
import { z } from 'zod'
import { mountRest } from '../src/mount-rest'
import { RestModule } from '../src/rest.module'

const subApp = z.object({ id: z.int() })
const accessKey = z.object({ secretId: z.string(), secretKey: z.string() })
type Key = z.infer<typeof accessKey>

const main: Key = { secretId: 'id', secretKey: 's:ecret' }

describe('access over /v1', () => {
  let app: NestExpressApplication

  beforeEach(async () => {
    const unitOfWork = new MemoryUnitOfWork()
    await unitOfWork.stores.accessKeys.save({ ...main, subAppId: mainSubApp }, new Date())
    const imports = [MemoryInfrastructure.around(unitOfWork), RestModule]
    const module = await Test.createTestingModule({ imports }).compile()
    app = module.createNestApplication<NestExpressApplication>()
    app.useLogger(false)
    mountRest(app)
    await app.listen(0, '127.0.0.1')
  })

  afterEach(() => app.close())

  interface Call {
    readonly by?: Key
    readonly in?: number | string
    readonly body?: object
  }

  function call(
    method: 'get' | 'post' | 'put' | 'patch' | 'delete',
    path: string,
    { by = main, in: where, body }: Call = {},
  ) {
    const request = supertest(app.getHttpServer())[method](`/v1/${path}`).auth(by.secretId, by.secretKey)
    if (where !== undefined) void request.set('Stillflow-Sub-App', String(where))
    return body === undefined ? request : request.send(body)
  }

  async function createSubApp(name: string): Promise<number> {
    return subApp.parse((await call('post', 'sub-apps', { body: { name } })).body).id
  }

  const sprites = { tasks: [{ kind: 'imageSprites', definition: 10 }] }
  const procedures = async (where: Call) =>
    z.object({ totalCount: z.int() }).parse((await call('get', 'procedures?type=custom', where)).body)

  it('makes, lists and changes sub-applications', async () => {
    const id = await createSubApp('one')
    const changed = await call('patch', `sub-apps/${id}`, { body: { state: 'off', description: 'theirs' } })
    expect(changed.body).toMatchObject({ id, name: 'one', state: 'off', description: 'theirs' })
    expect((await call('get', 'sub-apps')).body).toMatchObject({ totalCount: 1, items: [{ id, state: 'off' }] })
    expect((await call('get', 'procedures', { in: id })).status).toBe(403)
    expect((await call('patch', 'sub-apps/99', { body: {} })).body).toMatchObject({ code: 'subApp.notFound' })
  })

  it('acts in the sub-application that the header names', async () => {
    const id = await createSubApp('one')
    const created = await call('post', 'procedures', { in: id, body: { name: 'theirs', ...sprites } })
    expect(created.status).toBe(201)
    expect(await procedures({ in: id })).toMatchObject({ totalCount: 1 })
    expect(await procedures({})).toMatchObject({ totalCount: 0 })
    for (const unknown of [id + 1, 'x', '-1']) {
      expect((await call('get', 'procedures', { in: unknown })).body).toMatchObject({ code: 'subApp.notFound' })
    }
  })

  it('gives a sub-application keys, shows their secrets once, and revokes them', async () => {
    const id = await createSubApp('one')
    const made = await call('post', 'access-keys', { in: id })
    const by = accessKey.parse(made.body)
    expect((await call('post', 'procedures', { by, body: { name: 'own', ...sprites } })).status).toBe(201)
    expect(await procedures({ in: id })).toMatchObject({ totalCount: 1 })
    expect((await call('get', 'procedures', { by, in: 0 })).body).toMatchObject({ code: 'subApp.notFound' })
    expect((await call('post', 'sub-apps', { by, body: { name: 'mine' } })).status).toBe(403)
    const listed = await call('get', 'access-keys', { by })
    expect(listed.body).toMatchObject({ items: [{ secretId: by.secretId, subAppId: id }] })
    expect(listed.text).not.toContain(by.secretKey)
    expect((await call('delete', `access-keys/${main.secretId}`, { by })).body).toMatchObject({
      code: 'accessKey.notFound',
    })
    expect((await call('delete', `access-keys/${by.secretId}`, { in: id })).status).toBe(204)
    expect((await call('get', 'access-keys', { in: id })).body).toEqual({ items: [] })
  })

  it('lets a key do what it is for, and give no more away', async () => {
    const make = (scopes: readonly string[], by?: Key) =>
      call('post', 'access-keys', { body: { scopes }, ...(by && { by }) })
    const by = accessKey.parse((await make(['read'])).body)
    const keeper = accessKey.parse((await make(['admin', 'manage'])).body)
    expect((await call('get', 'procedures', { by })).status).toBe(200)
    const refused = await call('post', 'procedures', { by, body: { name: 'own', ...sprites } })
    expect(refused.body).toMatchObject({
      status: 403,
      code: 'auth.forbidden',
      detail: 'The key has not the scope "manage", which this takes.',
    })
    expect((await call('get', 'access-keys', { by })).status).toBe(403)
    expect((await call('get', 'nowhere', { by })).status).toBe(404)
    expect((await call('post', 'procedures', { by: keeper, body: { name: 'own', ...sprites } })).status).toBe(201)
    expect((await call('get', 'procedures', { by: keeper })).status).toBe(403)
    expect((await make(['admin', 'read'], keeper)).body).toMatchObject({ code: 'auth.forbidden' })
    expect((await call('post', 'access-keys', { by: keeper })).body).toMatchObject({ scopes: ['admin', 'manage'] })
    expect((await make(['manage'], keeper)).status).toBe(201)
    for (const wrong of [[], ['everything']]) expect((await make(wrong)).body).toMatchObject({ status: 422 })
    const { items } = (await call('get', 'access-keys')).body as { items: object[] }
    expect(items).toContainEqual(expect.objectContaining({ secretId: by.secretId, scopes: ['read'] }))
  })

  it('reads no file for a key that may not bring one', async () => {
    const by = accessKey.parse((await call('post', 'access-keys', { body: { scopes: ['read'] } })).body)
    const upload = supertest(app.getHttpServer()).post('/v1/media').auth(by.secretId, by.secretKey)
    expect((await upload.attach('file', Buffer.alloc(64), 'a.mp4')).body).toMatchObject({ code: 'auth.forbidden' })
  })

  it('replaces and deletes templates and procedures', async () => {
    const settings = { sampling: { by: 'percent', intervalPercent: 5 } }
    const made = await call('post', 'templates/sample-snapshot', { body: { name: 'n', settings } })
    const { definition } = z.object({ definition: z.int() }).parse(made.body)
    const changed = { name: 'm', settings: { ...settings, widthPx: 320 } }
    expect((await call('put', `templates/sample-snapshot/${definition}`, { body: changed })).status).toBe(200)
    expect((await call('get', 'templates/sample-snapshot?type=custom')).body).toMatchObject({ items: [changed] })
    expect((await call('put', 'templates/sample-snapshot/10', { body: changed })).body).toMatchObject({
      code: 'template.isPreset',
    })
    expect((await call('delete', `templates/image-sprite/${definition}`)).body).toMatchObject({
      code: 'template.notFound',
    })
    expect((await call('delete', `templates/constructor/${definition}`)).status).toBe(404)
    expect((await call('delete', `templates/sample-snapshot/${definition}`)).status).toBe(204)
    await call('post', 'procedures', { body: { name: 'p', ...sprites } })
    expect((await call('put', 'procedures/p', { body: { comment: 'c', ...sprites } })).status).toBe(200)
    expect((await call('get', 'procedures?name=p')).body).toMatchObject({ items: [{ name: 'p', comment: 'c' }] })
    expect((await call('put', 'procedures/q', { body: sprites })).body).toMatchObject({ code: 'procedure.notFound' })
    expect((await call('delete', 'procedures/p')).status).toBe(204)
    expect(await procedures({})).toMatchObject({ totalCount: 0 })
  })

  it('keeps the last key of the main application', async () => {
    expect((await call('delete', `access-keys/${main.secretId}`)).body).toMatchObject({ code: 'accessKey.last' })
  })
})
