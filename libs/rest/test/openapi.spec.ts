import type { OpenAPIObject } from '@nestjs/swagger'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { describeDoor, operationsOf } from './described-door'

const file = 'docs/openapi.json'
const text = readFileSync(join(__dirname, '..', '..', '..', file), 'utf8')
const rewrite = 'npm run openapi'
/** As storages answer whoever brings bytes, and tus in headers. */
const emptyAnswers = [
  ...['PUT /uploads/{token}', 'PUT /uploads/{token}/cover'],
  ...['POST /v1/uploads', 'HEAD /v1/uploads/{uploadId}'],
]
const howTo = 'Give its handler @Operation, as docs/rest.md tells'

/** What a document must be besides being one. */
const rules = {
  struct: 'error',
  'no-unresolved-refs': 'error',
  'no-invalid-media-type-examples': { severity: 'error', allowAdditionalProperties: false },
  'no-invalid-parameter-examples': { severity: 'error', allowAdditionalProperties: false },
  'no-identical-paths': 'error',
  'no-unused-components': 'error',
  'operation-operationId-unique': 'error',
  'operation-singular-tag': 'error',
  'operation-tag-defined': 'error',
  'path-parameters-defined': 'error',
  'security-defined': {
    severity: 'error',
    exceptions: [{ path: '/uploads/{token}' }, { path: '/uploads/{token}/cover' }],
  },
} as const

describe('the OpenAPI document', () => {
  let document: OpenAPIObject

  beforeAll(async () => {
    document = await describeDoor()
  })

  it(`is what ${file} says; if not, run: ${rewrite}`, () => {
    const kept = JSON.parse(text) as OpenAPIObject
    const before = new Map(operationsOf(kept).map(({ name, operation }) => [name, operation]))
    const now = new Map(operationsOf(document).map(({ name, operation }) => [name, operation]))
    const stale = [...new Set([...before.keys(), ...now.keys()])]
      .filter((name) => !isDeepStrictEqual(before.get(name), now.get(name)))
      .map((name) => `${file} is stale about ${name}: ${rewrite}`)
    expect(stale).toEqual([])
    expect(kept).toEqual(document)
  })

  it('says of every operation what it does, what it answers, and how to ask it', () => {
    const silent = operationsOf(document).flatMap(({ name, operation }) => {
      const lacks = [
        ...(operation.summary === undefined ? ['a summary'] : []),
        ...(lacksAnswer(operation) && !emptyAnswers.includes(name) ? ['the schema of its answer'] : []),
        ...lacksExample(operation),
      ]
      return lacks.length === 0 ? [] : [`${name} lacks ${lacks.join(', ')}. ${howTo}.`]
    })
    expect(silent).toEqual([])
  })

  it('is valid OpenAPI 3.1, examples and all', async () => {
    expect(document.openapi).toBe('3.1.0')
    const config = await createConfig({ rules })
    const problems = await lintFromString({ source: JSON.stringify(document), config })
    expect(problems.map(({ message, location }) => `${location[0]?.pointer ?? ''} ${message}`)).toEqual([])
  })
})

type Operation = ReturnType<typeof operationsOf>[number]['operation']

function lacksAnswer({ responses }: Operation): boolean {
  const [status = '', answer] = Object.entries(responses)[0] ?? []
  return status !== '204' && answer !== undefined && !('$ref' in answer) && answer.content === undefined
}

function lacksExample({ parameters = [], requestBody }: Operation): readonly string[] {
  const unfilled = parameters.flatMap((parameter) => {
    if ('$ref' in parameter || parameter.in !== 'path' || parameter.example !== undefined) return []
    return [`an example of {${parameter.name}}`]
  })
  if (requestBody === undefined || '$ref' in requestBody) return unfilled
  const empty = Object.entries(requestBody.content).filter(([, { example }]) => example === undefined)
  return [...unfilled, ...empty.map(([type]) => `an example of its body as ${type}`)]
}
