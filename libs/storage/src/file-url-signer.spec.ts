import { readEnv, SettingsError, toAppError } from '@libs/kernel'
import { FileUrlSigner } from './file-url-signer'
import { PublicFileUrls, publicUrlEnv } from './public-file-urls'

const secret = (letter: string) => letter.repeat(32)
const [old, fresh] = [
  { id: 'a', secret: secret('x') },
  { id: 'b', secret: secret('y') },
]
const lifetimeS = 3_600
const clock = { atMs: 1_795_000_000_000, nowMs: () => clock.atMs }
const signer = new FileUrlSigner([old], lifetimeS, clock)
const sheet = 'artifacts/0/run/task/g1x1/sheet-0.jpg'
const source = 'sources/0/1/film.mp4'

function codeOf(path: string, by = signer): string | undefined {
  try {
    by.verify(path)
    return undefined
  } catch (thrown) {
    return toAppError(thrown).code
  }
}

beforeEach(() => {
  clock.atMs = 1_795_000_000_000
})

describe('a signed file URL', () => {
  it('leads to its file, and to what the same attempt of a task made beside it', () => {
    const path = signer.sign(sheet)
    expect(signer.verify(path)).toMatchObject({ key: sheet })
    expect(codeOf(path.replace('sheet-0.jpg', 'sprite.vtt'))).toBeUndefined()
    expect(codeOf(path.replace('sheet-0.jpg', 'cells/1.jpg'))).toBeUndefined()
    expect(signer.verify(signer.sign(source))).toMatchObject({ key: source })
  })

  it.each([
    ['no signature', () => sheet],
    ['another attempt', () => signer.sign(sheet).replace('g1x1', 'g1x2')],
    ['the folder itself', () => signer.sign(sheet).replace('/sheet-0.jpg', '')],
    ['another file beside a source', () => signer.sign(source).replace('film', 'other')],
    ['something below a source', () => `${signer.sign(source)}/x`],
    ['a way out', () => signer.sign(sheet).replace('sheet-0.jpg', '../../other/g1x1/a.jpg')],
    ['a later expiry', () => signer.sign(sheet).replace(/\.[0-9a-z]+\./, '.zzzzzz.')],
    ['a wider scope', () => signer.sign(sheet).replace('.5.', '.1.')],
    ['another signature', () => signer.sign(sheet).replace(/\.[\w-]{43}/, `.${'A'.repeat(43)}`)],
    ['a cut signature', () => signer.sign(sheet).replace(/\.[\w-]{43}/, '.AA')],
    ['nothing', () => ''],
    ['only a pass', () => '~a.b.5.c'],
  ])('does not lead to anything with %s', (_what, path) => {
    expect(codeOf(path())).toBe('file.forbidden')
  })

  it('is good for its time and no longer, and stays the same for a while', () => {
    const path = signer.sign(sheet)
    const { expiresAtMs } = signer.verify(path)
    const leftS = (expiresAtMs - clock.atMs) / 1_000
    expect(leftS).toBeLessThanOrEqual(lifetimeS)
    expect(leftS).toBeGreaterThanOrEqual((lifetimeS * 15) / 16)
    clock.atMs = expiresAtMs - lifetimeS * 1_000 + 1_000
    expect(signer.sign(sheet)).toBe(path)
    clock.atMs = expiresAtMs - 1
    expect(codeOf(path)).toBeUndefined()
    clock.atMs = expiresAtMs
    expect(codeOf(path)).toBe('file.forbidden')
  })

  it('in a bucket leads to the files of one series, and to no other', () => {
    const folder = 'buckets/0/films/in'
    const path = signer.sign(`${folder}/film.vtt`)
    expect(codeOf(path.replace('film.vtt', 'film-00012.jpg'))).toBeUndefined()
    for (const other of [
      'film.mp4',
      'film2.vtt',
      'film-1.jpg',
      'film-00001.mp4',
      'sub/film.vtt',
      'other-00001.jpg',
      'film~',
    ]) {
      expect([other, codeOf(path.replace('film.vtt', other))]).toEqual([other, 'file.forbidden'])
    }
    const sheet = signer.sign(`${folder}/s00001.jpg`)
    expect(codeOf(sheet.replace('s00001.jpg', 's00000.vtt'))).toBeUndefined()
    expect(codeOf(sheet.replace('films/in', 'films/out'))).toBe('file.forbidden')
  })

  it('is good for the time that was asked', () => {
    const { expiresAtMs } = signer.verify(signer.sign(sheet, 90))
    expect(expiresAtMs - clock.atMs).toBe(90_000)
  })

  it('outlives its key’s change, and not its removal', () => {
    const path = signer.sign(sheet)
    const changed = new FileUrlSigner([fresh, old], lifetimeS, clock)
    expect(codeOf(path, changed)).toBeUndefined()
    expect(changed.sign(sheet)).toMatch(/^~b\./)
    expect(codeOf(changed.sign(sheet))).toBe('file.forbidden')
    expect(codeOf(path, new FileUrlSigner([fresh], lifetimeS, clock))).toBe('file.forbidden')
    const impostor = new FileUrlSigner([{ id: 'a', secret: fresh.secret }], lifetimeS, clock)
    expect(codeOf(path, impostor)).toBe('file.forbidden')
  })
})

describe('settings', () => {
  const read = (given: NodeJS.ProcessEnv) => new PublicFileUrls(readEnv(publicUrlEnv, given), clock)

  it('sign nothing by default, and find what was signed before', () => {
    const urls = read({})
    expect(urls.urlOf(sheet)).toBe(`http://localhost:8080/files/${sheet}`)
    expect(urls.fileAt(signer.sign(sheet))).toEqual({ key: sheet, expiresAtMs: undefined })
  })

  it('sign what is in buckets all the same, whose names can be guessed', () => {
    const key = 'buckets/0/films/a.jpg'
    const urls = read({ FILE_URL_KEYS: `a:${secret('x')}` })
    const url = urls.urlOf(key)
    expect(url).toMatch(/\/files\/~a\..*\/buckets\/0\/films\/a\.jpg$/)
    expect(urls.fileAt(url.replace(/.*\/files\//, ''))).toMatchObject({ key, mayChange: true })
    const odd = 'buckets/0/films/影片 50%2f#1?~.jpg'
    const path = new URL(urls.urlOf(odd)).pathname.replace('/files/', '')
    expect(urls.fileAt(path.split('/').map(decodeURIComponent).join('/'))).toMatchObject({ key: odd })
    for (const door of [urls, read({})]) {
      for (const path of [key, `~a.b.4.c/${key}`]) expect(() => door.fileAt(path)).toThrow('sign')
    }
  })

  it('sign with the first key', () => {
    const urls = read({ FILE_URL_SIGNING: 'on', FILE_URL_KEYS: `new:${secret('z')},old:${secret('x')}` })
    expect(urls.urlOf(sheet)).toMatch(/^http:\/\/localhost:8080\/files\/~new\..*\/sheet-0\.jpg$/)
  })

  it.each([
    { FILE_URL_SIGNING: 'on' },
    { FILE_URL_REDIRECT: 'on' },
    { FILE_URL_SIGNING: 'on', FILE_URL_KEYS: 'a:short' },
    { FILE_URL_SIGNING: 'on', FILE_URL_KEYS: secret('x') },
    { FILE_URL_SIGNING: 'on', FILE_URL_KEYS: `a:${secret('x')}`, FILE_URL_EXPIRES_SECONDS: '604801' },
  ])('are refused: %j', (given) => {
    expect(() => read(given)).toThrow(SettingsError)
  })
})
