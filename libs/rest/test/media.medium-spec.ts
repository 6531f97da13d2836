import { mainSubApp } from '@libs/kernel'
import { aMedia, MemoryInfrastructure, MemoryUnitOfWork, succeedTask } from '@libs/testing'
import type { Media } from '@libs/workflow'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { Test } from '@nestjs/testing'
import supertest from 'supertest'
import { mountRest } from '../src/mount-rest'
import { RestModule } from '../src/rest.module'

describe('/v1/media', () => {
  let unitOfWork: MemoryUnitOfWork
  let app: NestExpressApplication
  let media: Media

  beforeEach(async () => {
    unitOfWork = new MemoryUnitOfWork()
    media = aMedia()
    await unitOfWork.stores.media.insert(media)
    await unitOfWork.stores.accessKeys.save({ secretId: 'id', secretKey: 'secret', subAppId: mainSubApp }, new Date())
    const imports = [MemoryInfrastructure.around(unitOfWork), RestModule]
    const module = await Test.createTestingModule({ imports }).compile()
    app = module.createNestApplication<NestExpressApplication>()
    mountRest(app)
    await app.listen(0, '127.0.0.1')
  })

  afterEach(() => app.close())

  const get = (path: string) => supertest(app.getHttpServer()).get(path).auth('id', 'secret')

  it('shows a media with the latest of what was made of it', async () => {
    await succeedTask(unitOfWork, { media, kind: 'sampleSnapshot', finishedAt: new Date(1_795_000_000_000) })
    const { run } = await succeedTask(unitOfWork, {
      media,
      kind: 'sampleSnapshot',
      finishedAt: new Date(1_795_000_000_001),
    })
    const shown = await get(`/v1/media/${media.id}`)
    const stills = [{ url: 'http://files.example.com/artifacts/0/1/still-0.jpg', ptsMs: 3_480 }]
    expect(shown.body).toMatchObject({
      mediaId: media.id,
      results: [{ kind: 'sampleSnapshot', definition: 10, runId: run.id, output: { stills } }],
    })
    const theirs = aMedia({ subAppId: 7 as Media['subAppId'] })
    await unitOfWork.stores.media.insert(theirs)
    for (const id of [theirs.id, aMedia().id, 'nonsense']) {
      const refused = await get(`/v1/media/${id}`)
      expect(refused).toMatchObject({ status: 404, body: { code: 'media.notFound', field: 'mediaId' } })
    }
  })
})
