import { mainSubApp } from '@libs/kernel'
import { aMedia, MemoryInfrastructure, MemoryUnitOfWork } from '@libs/testing'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { Test } from '@nestjs/testing'
import sharp from 'sharp'
import supertest from 'supertest'
import { z } from 'zod'
import { mountRest } from '../src/mount-rest'
import { RestModule } from '../src/rest.module'

const created = z.object({ definition: z.int(), imageUrl: z.string() })
const run = z.object({ runId: z.string() })
const key = { secretId: 'id', secretKey: 'secret', subAppId: mainSubApp }
const media = aMedia()

describe('watermarks over /v1', () => {
  let app: NestExpressApplication
  let image: string

  beforeEach(async () => {
    const unitOfWork = new MemoryUnitOfWork()
    await unitOfWork.stores.accessKeys.save(key, new Date())
    await unitOfWork.stores.media.insert(media)
    const imports = [MemoryInfrastructure.around(unitOfWork), RestModule]
    const module = await Test.createTestingModule({ imports }).compile()
    app = module.createNestApplication<NestExpressApplication>()
    app.useLogger(false)
    mountRest(app)
    await app.listen(0, '127.0.0.1')
    const picture = sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } })
    image = (await picture.png().toBuffer()).toString('base64')
  })

  afterEach(() => app.close())

  function call(method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object) {
    const request = supertest(app.getHttpServer())[method](`/v1/${path}`).auth(key.secretId, key.secretKey)
    return body === undefined ? request : request.send(body)
  }

  it('are made, replaced, listed and deleted', async () => {
    const made = await call('post', 'templates/watermark', { name: 'n', image, origin: 'topRight', x: '5%' })
    const { definition, imageUrl } = created.parse(made.body)
    const replaced = await call('put', `templates/watermark/${definition}`, { y: '12px', width: '64px' })
    expect(replaced.status).toBe(200)
    const listed = await call('get', 'templates/watermark')
    const place = { origin: 'topLeft', x: '0px', y: '12px', width: '64px', height: '0px', transparencyPercent: 0 }
    expect(listed.body).toMatchObject({ totalCount: 1, items: [{ definition, name: '', imageUrl, ...place }] })
    expect((await call('delete', `templates/watermark/${definition}`)).status).toBe(204)
    expect((await call('delete', `templates/watermark/${definition}`)).body).toMatchObject({
      code: 'template.notFound',
    })
  })

  it.each([
    ['image', 'request.missingParameter', { image: undefined }],
    ['image', 'request.invalidValue', { image: 'PHN2Zy8+' }],
    ['x', 'request.invalidValue', { x: '101%' }],
    ['width', 'request.invalidValue', { width: '0px' }],
    ['mark', 'request.unknownParameter', { mark: 1 }],
  ])('are refused for a wrong %s with %s', async (field, code, given) => {
    const refused = await call('post', 'templates/watermark', { image, ...given })
    expect(refused.body).toMatchObject({ status: 422, code, field })
  })

  it('are asked for by tasks, and echoed', async () => {
    const { definition } = created.parse((await call('post', 'templates/watermark', { image })).body)
    const cover = { kind: 'coverBySnapshot', definition: 10, position: '10%' }
    const marked = { ...cover, watermarks: [{ definition }] }
    const accepted = await call('post', 'runs', { mediaId: media.id, tasks: [marked] })
    const { runId } = run.parse(accepted.body)
    expect((await call('get', `runs/${runId}`)).body).toMatchObject({ tasks: [marked] })
    const unknown = { ...cover, watermarks: [{ definition }, { definition: 9 }] }
    const refused = await call('post', 'runs', { mediaId: media.id, tasks: [cover, unknown] })
    expect(refused.body).toMatchObject({ code: 'template.notFound', field: 'tasks.1.watermarks.1.definition' })
  })
})
