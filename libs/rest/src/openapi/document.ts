import type { INestApplication } from '@nestjs/common'
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger'
import { cleanupOpenApiDoc } from 'nestjs-zod'
import { statusAt } from '../problem'
import { RestModule } from '../rest.module'
import { namedSchemas } from './named-schemas'
import { factsKey, type OperationFacts, type RequestExample } from './operation'
import { type Parameter, problemContent, refToHeader, refToParameter, refToResponse, shared } from './shared-parts'
import { withoutNoise } from './without-noise'

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>
type Responses = Operation['responses']
type Described = Operation & { readonly [factsKey]?: OperationFacts }

const methods = ['get', 'head', 'put', 'post', 'patch', 'delete'] as const
type Method = (typeof methods)[number]

const about = `Pictures of videos: media come in, runs make pictures of them, events tell what came of it.

Every route under \`/v1\` takes an access key by HTTP Basic: its id for the user, its secret for the password.
The security of an operation names the scope that the key has to have, unless it has all. Refusals are
problem details (RFC 9457), whose \`code\` says why and whose \`field\` names what is wrong in the request.`

/** In the order in which the page shows them. */
const tags = {
  media: 'Videos, uploaded or pulled from a URL.',
  runs: 'Pictures being made: one call, many tasks.',
  tasks: 'Single tasks of runs.',
  templates: 'Stored settings for pictures, and watermarks.',
  procedures: 'Named lists of tasks.',
  queues: 'Named queues, which limit how many tasks go on at once.',
  events: 'How events come: pushed or pulled, and what did not arrive.',
  'sub-apps': 'Parts of the installation that see nothing of each other.',
  'access-keys': 'Who may call.',
  hooks: 'What other servers tell: that they have received a file.',
  uploads: 'Uploads that can be resumed, and the bytes of announced ones, whose token in the address lets in.',
}

/** What any operation may answer. */
const anyProblem: Responses = { '4XX': refToResponse('Refused'), '5XX': refToResponse('Failed') }

const onceRefusals = ['request.keyReused', 'request.underWay'] as const

/** The OpenAPI 3.1 document of the REST API, made from its controllers and their schemas. */
export function describeRest(app: INestApplication): OpenAPIObject {
  const facts = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Stillflow')
    .setDescription(about)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBasicAuth()
  for (const [name, description] of Object.entries(tags)) facts.addTag(name, description)
  const scanned = SwaggerModule.createDocument(app, facts.build(), {
    include: [RestModule],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  })
  const document = cleanupOpenApiDoc(scanned)
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation: Described | undefined = item[method]
      if (operation !== undefined) item[method] = complete(path, method, operation)
    }
  }
  const schemas = { ...document.components?.schemas, ...namedSchemas() }
  return withoutNoise({ ...document, components: { ...document.components, ...shared, schemas } })
}

/** Adds the examples, the problems, and the headers that it takes. */
function complete(path: string, method: Method, { [factsKey]: facts, ...operation }: Described): Operation {
  const example = facts?.example ?? {}
  const parameters = (operation.parameters ?? []).map((parameter) => withExample(parameter, example))
  return {
    ...operation,
    ...(operation.security && { security: operation.security.map((way) => scopedFor(method, way)) }),
    parameters: [...parameters, ...headersOf(method, operation, facts).map(refToParameter)],
    ...(operation.requestBody !== undefined && { requestBody: exemplified(operation.requestBody, example) }),
    responses: { ...answersOf(method, operation, facts), ...refusalsOf(path, facts), ...anyProblem },
  }
}

/** The scope that a key needs: controllers say the one for looking and the one for anything else. */
function scopedFor(method: Method, way: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  const isLook = method === 'get' || method === 'head'
  return Object.fromEntries(
    Object.entries(way).map(([name, scopes]) => [name, scopes.slice(...(isLook ? [0, 1] : [1]))]),
  )
}

/** What has an entity tag is asked for and changed by it; a key of the main sub-application may name another one. */
function headersOf(method: Method, { security }: Operation, facts: OperationFacts | undefined) {
  const condition = method === 'get' ? ('IfNoneMatch' as const) : ('IfMatch' as const)
  return [
    ...(facts?.tagged ? [condition] : []),
    ...(facts?.once ? ['Once' as const] : []),
    ...(security === undefined ? [] : ['SubApp' as const]),
  ]
}

function answersOf(method: Method, { responses }: Operation, facts: OperationFacts | undefined): Responses {
  if (!facts?.tagged || method !== 'get') return responses
  const tagged = Object.entries(responses).map(([status, answer]) => [
    status,
    { ...answer, headers: { ETag: refToHeader('EntityTag') } },
  ])
  return { ...(Object.fromEntries(tagged) as Responses), 304: refToResponse('NotModified') }
}

function withExample(parameter: Parameter, { path, query, headers }: RequestExample): Parameter {
  if ('$ref' in parameter) return parameter
  const places: Readonly<Record<string, RequestExample['query']>> = { path, query, header: headers }
  const value = places[parameter.in]?.[parameter.name]
  if (value === undefined) return parameter
  // What a controller takes from the path is text to Nest.
  const isNumber = parameter.in === 'path' && typeof value === 'number'
  return { ...parameter, ...(isNumber && { schema: { type: 'integer', minimum: 0 } }), example: value }
}

type RequestBody = NonNullable<Operation['requestBody']>

function exemplified(requestBody: RequestBody, { body, bodies }: RequestExample): RequestBody {
  if ('$ref' in requestBody) return requestBody
  const examples: Readonly<Record<string, unknown>> = { 'application/json': body, ...bodies }
  const content = Object.entries(requestBody.content).map(([type, media]) => {
    const example = examples[type]
    return [type, example === undefined ? media : { ...media, example }] as const
  })
  return { ...requestBody, content: Object.fromEntries(content) }
}

function refusalsOf(path: string, facts: OperationFacts | undefined): Responses {
  const codes = [...(facts?.refuses ?? []), ...(facts?.once ? onceRefusals : [])]
  const statuses = [...new Set(codes.map((code) => statusAt(path, code)))]
  const refusals = statuses.map((status) => {
    const named = codes.filter((code) => statusAt(path, code) === status).map((code) => `\`${code}\``)
    return [status, { description: `Refused: ${named.join(', ')}.`, content: problemContent }] as const
  })
  return Object.fromEntries(refusals)
}
