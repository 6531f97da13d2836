import sharp from 'sharp'
import type supertest from 'supertest'
import { fillExampleWorld } from './example-world'
import { type OpenRest, openRest } from './open-rest'
import { exampleIds } from '../src/openapi/example-ids'

const { snapshots, samples, sprites, watermark } = exampleIds
const sampling = { by: 'percent', intervalPercent: 5 }

/** What has an entity tag, with a body that changes it. */
const tagged = [
  [`/v1/templates/snapshot-by-time-offset/${snapshots}`, { name: 'changed' }],
  [`/v1/templates/sample-snapshot/${samples}`, { name: 'changed', settings: { sampling } }],
  [`/v1/templates/image-sprite/${sprites}`, { name: 'changed', settings: { sampling, rows: 2, columns: 2 } }],
  [`/v1/templates/watermark/${watermark}`, { name: 'changed' }],
  ['/v1/procedures/previews', { comment: 'changed', tasks: [{ kind: 'imageSprites', definition: 10 }] }],
] as const

function tagOf({ headers }: supertest.Response): string {
  return String(headers['etag'])
}

describe('what has an entity tag', () => {
  let rest: OpenRest
  let forget: () => void

  beforeAll(async () => {
    rest = await openRest()
    await fillExampleWorld(rest.unitOfWork)
    forget = rest.unitOfWork.tables.remember()
  })

  afterEach(() => forget())
  afterAll(() => rest.close())

  it.each(tagged)('%s is told again only when it has changed', async (path, change) => {
    const read = await rest.call('get', path)
    expect(read.status).toBe(200)
    expect(tagOf(read)).toMatch(/^"[\w-]{43}"$/)
    const page = await rest.call('get', path.slice(0, path.lastIndexOf('/')))
    expect(page.body).toMatchObject({ items: expect.arrayContaining([read.body]) as unknown })
    const header = { 'If-None-Match': `"other", ${tagOf(read)}`, 'Cache-Control': 'no-cache' }
    const known = await rest.call('get', path).set(header)
    expect([known.status, known.text, tagOf(known)]).toEqual([304, '', tagOf(read)])
    await rest.call('put', path, change).expect(200)
    const changed = await rest.call('get', path).set('If-None-Match', tagOf(read))
    expect(changed.status).toBe(200)
    expect(changed.text).toContain('changed')
    expect(tagOf(changed)).not.toBe(tagOf(read))
  })

  it.each(tagged)('%s is changed only as it was read', async (path, change) => {
    const first = tagOf(await rest.call('get', path))
    const put = (tag: string) => rest.call('put', path, change).set('If-Match', tag)
    expect((await put(`"nothing", ${first}`)).status).toBe(200)
    const second = tagOf(await rest.call('get', path))
    for (const outdated of [first, `W/${second}`, 'nonsense']) {
      const refused = await put(outdated)
      expect(refused.body).toMatchObject({ status: 412, code: 'request.outdated' })
    }
    expect(tagOf(await rest.call('get', path))).toBe(second)
    expect((await put('*')).status).toBe(200)
    expect((await rest.call('put', path, change)).status).toBe(200)
  })

  it.each(tagged)('%s is deleted only as it was read', async (path, change) => {
    const first = tagOf(await rest.call('get', path))
    await rest.call('put', path, change).expect(200)
    const refused = await rest.call('delete', path).set('If-Match', first)
    expect(refused.body).toMatchObject({ status: 412, code: 'request.outdated' })
    const second = tagOf(await rest.call('get', path))
    expect((await rest.call('delete', path).set('If-Match', second)).status).toBe(204)
    const gone = await rest.call('get', path)
    expect(gone.body).toMatchObject({ status: 404, code: expect.stringMatching(/notFound$/) as string })
    expect((await rest.call('put', path, change).set('If-Match', second)).status).toBe(404)
    expect((await rest.call('delete', path)).status).toBe(404)
  })

  it.each([
    ['/v1/templates/snapshot-by-time-offset/10', 'template.isPreset'],
    ['/v1/templates/sample-snapshot/10', 'template.isPreset'],
    ['/v1/templates/image-sprite/10', 'template.isPreset'],
    ['/v1/procedures/LongVideoPreset', 'procedure.isPreset'],
  ])('the preset %s is read, and not deleted', async (path, code) => {
    const read = await rest.call('get', path)
    expect(read.body).toMatchObject({ type: 'preset' })
    const refused = await rest.call('delete', path).set('If-Match', tagOf(read))
    expect(refused.body).toMatchObject({ status: 409, code })
  })

  it.each([
    ['/v1/templates/sample-snapshot/none', 404, 'template.notFound'],
    [`/v1/templates/sample-snapshot/${sprites}`, 404, 'template.notFound'],
    ['/v1/templates/watermark/10', 404, 'template.notFound'],
    ['/v1/templates/cover/10', 404, 'request.unknownAction'],
    ['/v1/procedures/nobody', 404, 'procedure.notFound'],
    ['/v1/procedures/%zz', 404, 'request.unknownAction'],
    ['/v1/procedures/%00', 404, 'request.unknownAction'],
  ])('%s is not there', async (path, status, code) => {
    expect((await rest.call('get', path)).body).toMatchObject({ status, code })
  })

  it('a watermark that got another image is another one', async () => {
    const path = `/v1/templates/watermark/${watermark}`
    const first = tagOf(await rest.call('get', path))
    const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    const image = (await picture.png().toBuffer()).toString('base64')
    await rest.call('put', path, { image }).set('If-Match', first).expect(200)
    await rest.call('put', path, { image }).set('If-Match', first).expect(412)
  })

  it('of changes nothing is told that could be taken for one', async () => {
    const [path, change] = tagged[0]
    expect((await rest.call('put', path, change)).headers['etag']).toBeUndefined()
  })
})
