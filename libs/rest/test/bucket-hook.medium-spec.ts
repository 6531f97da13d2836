import { mainSubApp, type MediaId } from '@libs/kernel'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import supertest from 'supertest'
import { type OpenRest, openRest } from './open-rest'

interface Told {
  readonly created: readonly { readonly key: string; readonly mediaId: MediaId; readonly runId?: string }[]
  readonly removed: readonly { readonly key: string; readonly mediaId: MediaId }[]
}

/** As MinIO and Amazon document what they send: neither is in Debian 12 nor on npm to be asked. */
function recorded(name: string): string {
  return readFileSync(join(__dirname, 'recorded', name), 'utf8')
}

const created = recorded('minio-created.json')
const removed = recorded('minio-removed.json')
const key = 'films/my holiday (1).mp4'
const nothing = { created: [], removed: [] }

describe('/v1/hooks/s3', () => {
  let rest: OpenRest

  beforeEach(async () => {
    rest = await openRest()
    const times = { createdAt: new Date(), updatedAt: new Date() }
    for (const name of ['previews', 'covers']) {
      await rest.unitOfWork.stores.procedures.insert(mainSubApp, {
        ...{ name, type: 'custom', comment: '', ...times },
        tasks: [{ kind: 'coverBySnapshot', definition: 10, request: { position: { unit: 's', value: 1 } } }],
      })
    }
  })

  afterEach(() => rest.close())

  const send = (notice: object | string, rule: string | readonly string[]) =>
    supertest(rest.url)
      .post('/v1/hooks/s3')
      .query({ rule })
      .set({ 'Content-Type': 'application/json' })
      .auth('id', 's:ecret')
      .send(notice)
  const tell = async (notice: object | string, rule: string | readonly string[] = 'previews:films/*.mp4') => {
    const answer = await send(notice, rule)
    expect(answer).toMatchObject({ status: 200 })
    return answer.body as Told
  }
  const find = (id: MediaId | undefined) => rest.unitOfWork.stores.media.find(mainSubApp, id ?? ('' as MediaId))
  const at = (sequencer: string, notice = created) =>
    notice.replace(/"sequencer": "\w+"/, `"sequencer": "${sequencer}"`)
  const keyed = (escaped: string) => created.replace(/"key": "films[^"]+"/, `"key": ${JSON.stringify(escaped)}`)

  it('makes a media of an object that came, once however often it is told', async () => {
    const told = await Promise.all([tell(created), tell(created), tell(created)])
    const [taken, ...more] = told.flatMap((each) => each.created)
    expect(more).toEqual([])
    expect(taken).toMatchObject({ key, runId: expect.any(String) as unknown })
    const sourceContext = JSON.stringify({ bucket: 'videos', key, sequencer: '17B4B1E5F3A2C4D6' })
    expect(await find(taken?.mediaId)).toMatchObject({
      ...{ name: 'my holiday (1)', extension: 'mp4', reference: `s3://videos/${key}`, sourceContext },
      sourceUrl: `http://s3.example.com/videos/${encodeURIComponent(key)}`,
    })
  })

  it('deletes the media of an object that went, and of one that was replaced', async () => {
    const first = (await tell(created)).created[0]?.mediaId
    const second = (await tell(at('17B4B1E5F3A2C4D7'))).created[0]?.mediaId
    expect([await find(first), (await find(second))?.id]).toEqual([undefined, second])
    expect((await tell(removed)).removed).toEqual([{ key, mediaId: second }])
    expect(await find(second)).toBeUndefined()
    expect(await tell(removed)).toEqual(nothing)
  })

  it('is not misled by what comes late', async () => {
    const now = (await tell(at('17B4B1EFFFFFFFFF'))).created[0]?.mediaId
    expect(await tell(created)).toEqual(nothing)
    expect(await tell(removed)).toEqual(nothing)
    expect(await find(now)).toBeDefined()
  })

  it('hears EventBridge too', async () => {
    const bridged = recorded('eventbridge-created.json')
    const { created: taken } = await tell(bridged)
    expect(taken).toMatchObject([{ key }])
    const gone = bridged.replace('Object Created', 'Object Deleted').replace('00617F08299329D189', '00617F08299329D190')
    expect((await tell(gone)).removed).toEqual([{ key, mediaId: taken[0]?.mediaId }])
  })

  it('runs the procedure of the first rule that fits, or none', async () => {
    const rules = ['covers:films/old/*', ':raw/*', 'previews:films/*.mp4', 'covers:*']
    const procedureOf = async (escaped: string) => {
      const [taken] = (await tell(keyed(escaped), rules)).created
      return taken && [...rest.unitOfWork.tables.runs.values()].find(({ id }) => id === taken.runId)?.procedureName
    }
    expect(await procedureOf('films%2Fa.mp4')).toBe('previews')
    expect(await procedureOf('films%2Fold%2Fa.mp4')).toBe('covers')
    expect(await procedureOf('a.mov')).toBe('covers')
    expect((await tell(keyed('raw%2Fa.mov'), rules)).created).toEqual([
      { key: 'raw/a.mov', mediaId: expect.any(String) as unknown },
    ])
  })

  it.each([
    ['what no rule takes', created, 'previews:series/*'],
    [
      'what is too short for its rule',
      keyed('films%2F.mp4').replace('films%2F.mp4', 'films%2F.mp'),
      'previews:films/*/.mp',
    ],
    ['a folder', keyed('films%2F'), 'previews:*'],
    ['another event', created.replaceAll('ObjectCreated:Put', 'ObjectAccessed:Get'), 'previews:*'],
    ['a test', '{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"videos"}', 'previews:*'],
    ['nothing', '{"Records":[]}', 'previews:*'],
  ])('passes %s over', async (_what, notice, rule) => {
    expect(await tell(notice, rule)).toEqual(nothing)
    expect(rest.unitOfWork.tables.media.size).toBe(1)
  })

  it.each([
    ['an unknown procedure', created, 'nobody:*', 422, 'procedure.notFound'],
    ['a bucket of others', created.replaceAll('"videos"', '"theirs"'), 'previews:*', 403, 'auth.forbidden'],
    ['a rule that is none', created, 'previews', 422, 'request.invalidValue'],
    ['no rule', created, [], 422, 'request.missingParameter'],
    ['NUL', keyed('a%00b.mp4'), 'previews:*', 422, 'request.invalidValue'],
    ['a key that is too long', keyed('k'.repeat(1_025)), 'previews:*', 422, 'request.invalidValue'],
    ['no key', keyed(''), 'previews:*', 422, 'request.invalidValue'],
    ['a sequencer that is none', at('xyz'), 'previews:*', 422, 'request.invalidValue'],
    ['records that are none', '{"Records":[{"eventName":7}]}', 'previews:*', 422, 'request.invalidParameter'],
    ['no JSON', '{"Records":', 'previews:*', 400, 'request.malformed'],
  ])('refuses %s', async (_what, notice, rule, status, code) => {
    expect(await send(notice, rule)).toMatchObject({ status, body: { code } })
    expect(rest.unitOfWork.tables.media.size).toBe(1)
  })

  it.each([
    ['..%2F..%2Fetc%2Fpasswd.mp4', 'passwd', 'mp4'],
    ['%F0%9F%8E%AC.MP4', '🎬', 'mp4'],
    ['100%25+%C3%BC.mp4', '100% ü', 'mp4'],
  ])('calls an object %s by what is harmless of its name', async (escaped, name, extension) => {
    const [taken] = (await tell(keyed(escaped), 'previews:*')).created
    expect(await find(taken?.mediaId)).toMatchObject({ name, extension })
  })

  it('refuses a wrong secret, and leaves media of others alone', async () => {
    const answer = await supertest(rest.url).post('/v1/hooks/s3').query({ rule: 'previews:*' }).auth('id', 'x').send({})
    expect(answer.status).toBe(401)
    const mine = (await tell(created)).created[0]?.mediaId
    const shop = await rest.unitOfWork.stores.subApps.insert({ name: 'shop', description: '' }, 9, new Date())
    const theirs = await send(removed, 'previews:*').set('Stillflow-Sub-App', String(shop?.id))
    expect(theirs).toMatchObject({ status: 200, body: nothing })
    expect(await find(mine)).toBeDefined()
  })
})
