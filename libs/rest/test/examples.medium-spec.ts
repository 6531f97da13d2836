import { GrowingFiles } from '@libs/workflow'
import type { OpenAPIObject } from '@nestjs/swagger'
import Ajv from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import supertest from 'supertest'
import { type NamedOperation, operationsOf } from './described-door'
import { fillExampleWorld } from './example-world'
import { type OpenRest, openRest } from './open-rest'

const text = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'openapi.json'), 'utf8')
const document = JSON.parse(text) as OpenAPIObject

/** An operation with one of the bodies that it takes. */
interface Example extends NamedOperation {
  readonly type: string | undefined
  readonly body: unknown
}

const examples = operationsOf(document).flatMap((named): readonly Example[] => {
  const { requestBody } = named.operation
  if (requestBody === undefined || '$ref' in requestBody) return [{ ...named, type: undefined, body: undefined }]
  return Object.entries(requestBody.content).map(([type, { example }]) => ({
    ...named,
    type,
    body: example as unknown,
  }))
})

const ajv = new Ajv({ strict: false, allErrors: true })
addFormats(ajv)
ajv.addFormat('binary', true)

/** A member that the document does not know of is one that it forgot. */
ajv.addSchema(JSON.parse(text, closed) as object, 'openapi')

function closed(_name: string, value: unknown): unknown {
  const isOpen =
    typeof value === 'object' && value !== null && 'properties' in value && !('additionalProperties' in value)
  return isOpen ? { ...value, additionalProperties: false } : value
}

const secret = 's:ecret'

describe('the examples of the OpenAPI document', () => {
  let rest: OpenRest
  let forget: () => void

  beforeAll(async () => {
    rest = await openRest()
    await fillExampleWorld(rest.unitOfWork, rest.get(GrowingFiles))
    forget = rest.unitOfWork.tables.remember()
  })

  afterEach(() => forget())
  afterAll(() => rest.close())

  it.each(examples)('$name is answered as the document says ($type)', async (example) => {
    const [status = '', answer] = Object.entries(example.operation.responses)[0] ?? []
    const response = await send(example)
    expect({ status: response.status, body: response.text }).toMatchObject({ status: Number(status) })
    if (answer === undefined || '$ref' in answer || answer.content === undefined) return
    const [type = ''] = Object.keys(answer.content)
    expect(response.type).toBe(type)
    const escape = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1')
    const place = ['paths', example.path, example.method, 'responses', status, 'content', type, 'schema'].map(escape)
    const check = ajv.compile({ $ref: `openapi#/${place.map(encodeURIComponent).join('/')}` })
    const told: unknown = type === 'application/json' ? response.body : response.text
    expect(check(told) ? [] : check.errors).toEqual([])
  })

  function send({ method, operation, path, type, body }: Example): supertest.Test {
    const parameters = (operation.parameters ?? []).flatMap((parameter) => ('$ref' in parameter ? [] : [parameter]))
    const given = (place: string) => parameters.filter((each) => each.in === place && each.example !== undefined)
    const filled = given('path').reduce(
      (url, { name, example }) => url.replace(`{${name}}`, encodeURIComponent(String(example))),
      path,
    )
    const query = Object.fromEntries(given('query').map(({ name, example }) => [name, String(example)]))
    const request = supertest(rest.url)[method](filled).query(query)
    if (operation.security !== undefined) void request.auth('id', secret)
    for (const { name, example } of given('header')) void request.set(name, String(example))
    return withBody(request, type, body)
  }
})

function withBody(request: supertest.Test, type: string | undefined, body: unknown): supertest.Test {
  if (type !== 'multipart/form-data') {
    return type === undefined ? request : request.type(type).send(body as string | object)
  }
  for (const [name, value] of Object.entries(body as Readonly<Record<string, string>>)) {
    if (name === 'file') void request.attach(name, Buffer.from(value), 'trailer.mp4')
    else void request.field(name, value)
  }
  return request
}
