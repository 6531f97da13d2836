import type { Dialect, Gate, RawRequest, RawResponse } from '@libs/dialects'
import { AppError, errorCodes, mainSubApp, toAppError } from '@libs/kernel'
import { type PictureKindName, pictureKindNames } from '@libs/tasks'
import type { AccessKey, DomainEvent, SucceededTask, Task } from '@libs/workflow'
import { aMedia } from '../builders/media'
import { anOutput } from '../builders/output'
import { aRun, aTask } from '../builders/run'
import { ExampleFileUrls } from '../fakes/example-file-urls'

/** A dialect, with what its vendor's client and codecs do. */
export interface DialectSubject {
  readonly dialect: Dialect
  readonly knownAction: string
  /** How far a client's clock may be off. */
  readonly skewMs: number
  /** A request as the vendor's client sends it. */
  sign(action: string, parameters: object, key: AccessKey, atMs: number): RawRequest
  /** What the vendor's client takes for the error's code. */
  errorCodeOf(response: RawResponse): string | undefined
  /** A task input of each kind in the vendor's words, or why the vendor has none. */
  readonly inputs: Readonly<Record<PictureKindName, readonly object[] | { readonly unsupported: string }>>
  decodeAndEncode(kind: PictureKindName, input: object): object
}

const key: AccessKey = { secretId: 'AKIDEXAMPLE', secretKey: 'SECRETKEYEXAMPLE', subAppId: mainSubApp }
const nowMs = 1_795_000_000_000

/** Lets every request in once. */
function aGate(atMs: number): Gate {
  const admitted = new Set<string>()
  return {
    nowMs: atMs,
    findKey: (secretId) => Promise.resolve(secretId === key.secretId ? key : undefined),
    admitOnce: (signature) => Promise.resolve(admitted.size < admitted.add(signature).size),
  }
}
const urls = new ExampleFileUrls()

function isPictureTask(task: Task): task is Task<PictureKindName> {
  return task.kind !== 'ingest'
}

function eventOf(tasks: readonly Task[]): DomainEvent {
  const media = aMedia()
  const run = aRun(media, { state: 'finished' })
  return { type: 'procedureStateChanged', media, report: { run, tasks: tasks.filter(isPictureTask) } }
}

function codeOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (thrown) {
    return toAppError(thrown).code
  }
}

/** What every dialect must do, whatever its vendor calls it. */
export function dialectContract(subject: DialectSubject): void {
  const { dialect, knownAction, sign } = subject

  it.each(errorCodes)('has a word for %s, and says nothing of the stack', (code) => {
    const request = sign(knownAction, {}, key, nowMs)
    const error = new AppError(code, 'Something is wrong.', { cause: new Error('secret cause') })
    const response = dialect.presentError(error, { request, requestId: 'r-1' })
    expect(subject.errorCodeOf(response)).toMatch(/^[A-Z][A-Za-z.]+$/)
    expect(response.body.toLowerCase()).toContain('r-1')
    expect(response.body).not.toMatch(/secret cause|\.ts|node_modules/)
  })

  it('presents a result without an error', () => {
    const request = sign(knownAction, {}, key, nowMs)
    expect(subject.errorCodeOf(dialect.present({}, { request, requestId: 'r-1' }))).toBeUndefined()
  })

  it('recognises what its client sends, and nothing plain', () => {
    expect(dialect.recognise(sign(knownAction, {}, key, nowMs))).toBe(true)
    expect(dialect.recognise({ method: 'POST', path: '/v1/runs', query: '', headers: {} })).toBe(false)
  })

  it('knows its actions and no others', () => {
    const known = { name: knownAction, action: dialect.actions[knownAction] }
    expect(dialect.actionOf(sign(knownAction, {}, key, nowMs))).toEqual(known)
    for (const name of ['NoSuchAction', 'constructor', '__proto__', 'toString']) {
      expect(codeOf(() => dialect.actionOf(sign(name, {}, key, nowMs)))).toBe('request.unknownAction')
    }
  })

  describe('authenticating', () => {
    const authenticate = (request: RawRequest, atMs = nowMs) => dialect.authenticate(request, aGate(atMs))

    it('accepts what its client signed', async () => {
      expect(await authenticate(sign(knownAction, { a: '中文' }, key, nowMs))).toMatchObject({
        subAppId: mainSubApp,
        secretId: key.secretId,
      })
    })

    it.each([
      ['auth.badSignature', { ...key, secretKey: 'WRONG' }, nowMs],
      ['auth.unknownKey', { ...key, secretId: 'AKIDNOBODY' }, nowMs],
      ['auth.expired', key, nowMs - subject.skewMs - 1_000],
      ['auth.expired', key, nowMs + subject.skewMs + 1_000],
    ])('answers %s', async (code, signer, atMs) => {
      await expect(authenticate(sign(knownAction, {}, signer, atMs))).rejects.toMatchObject({ code })
    })

    it('lets a request in once, or says by what the host knows it again', async () => {
      const [request, gate] = [sign(knownAction, {}, key, nowMs), aGate(nowMs)]
      const { repeatable } = await dialect.authenticate(request, gate)
      const again = dialect.authenticate(request, gate).then(
        (caller) => caller.repeatable,
        (refused: unknown) => toAppError(refused).code,
      )
      expect(await again).toBe(repeatable ?? 'auth.replayed')
    })

    it('refuses a request whose bytes were changed', async () => {
      const signed = sign(knownAction, { a: 1 }, key, nowMs)
      const body = Buffer.from(signed.body.toString().replace('1', '2'))
      const changed = { ...signed, query: signed.query.replace('1', '2'), body }
      await expect(authenticate(changed)).rejects.toMatchObject({ code: 'auth.badSignature' })
    })
  })

  describe.each(pictureKindNames)('a task of kind %s', (kind) => {
    const inputs = subject.inputs[kind]

    if ('unsupported' in inputs) it.skip(`is unknown to the vendor: ${inputs.unsupported}`, () => undefined)
    else {
      it.each(inputs)('survives decoding and encoding, and gains nothing that was not said: %j', (input) => {
        expect(subject.decodeAndEncode(kind, input)).toStrictEqual(input)
      })
    }

    it('renders, however it ended', () => {
      const media = aMedia()
      const task = aTask(aRun(media), kind)
      const succeeded = { ...task, state: 'succeeded', output: anOutput[kind] } as SucceededTask
      const failed: readonly Task[] = errorCodes.map((code) => ({
        ...task,
        state: 'failed',
        fault: { code, detail: `detail of ${code}` },
      }))
      const tell = (tasks: readonly Task[]) => dialect.renderEvent(eventOf(tasks), urls)
      expect(tell([succeeded])).toContain('http://files.example.com/artifacts/')
      for (const one of failed) expect(tell([one])).toContain(`detail of ${one.fault?.code}`)
      const body = tell([task, succeeded, ...failed])
      expect(() => void JSON.parse(body)).not.toThrow()
      expect(body).not.toContain('undefined')
    })
  })
}
