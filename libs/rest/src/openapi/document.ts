import type { INestApplication } from '@nestjs/common'
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger'
import { cleanupOpenApiDoc } from 'nestjs-zod'
import { problem, statusOf } from '../problem'
import { RestModule } from '../rest.module'
import { namedSchemas, refTo } from './named-schemas'
import { factsKey, type OperationFacts, type RequestExample } from './operation'
import { withoutNoise } from './without-noise'

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>
type Parameter = NonNullable<Operation['parameters']>[number]
type Responses = Operation['responses']
type Described = Operation & { readonly [factsKey]?: OperationFacts }

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const

const about = `Pictures of videos: media come in, runs make pictures of them, events tell what came of it.

Every route under \`/v1\` takes an access key by HTTP Basic: its id for the user, its secret for the password. Refusals are
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
  uploads: 'The bytes of announced uploads; the token in the address lets in.',
}

const subAppHeader: Parameter = {
  name: 'Stillflow-Sub-App',
  in: 'header',
  required: false,
  description: 'The sub-application to act in, for keys of the main one.',
  schema: { type: 'integer', minimum: 0 },
}

const problemContent = { 'application/problem+json': { schema: refTo(problem) } }

/** What any operation may answer. */
const shared = {
  parameters: { SubApp: subAppHeader },
  responses: {
    Refused: { description: 'The request is refused; whoever sends it can change that.', content: problemContent },
    Failed: { description: 'The service fails; the same request may work later.', content: problemContent },
  },
}
const anyProblem: Responses = {
  '4XX': { $ref: '#/components/responses/Refused' },
  '5XX': { $ref: '#/components/responses/Failed' },
}

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
  for (const path of Object.values(document.paths)) {
    for (const method of methods) {
      const operation: Described | undefined = path[method]
      if (operation !== undefined) path[method] = complete(operation)
    }
  }
  const schemas = { ...document.components?.schemas, ...namedSchemas() }
  return withoutNoise({ ...document, components: { ...document.components, ...shared, schemas } })
}

/** Adds the examples, the problems and, where a key is needed, the header that names a sub-application. */
function complete({ [factsKey]: facts, ...operation }: Described): Operation {
  const example = facts?.example ?? {}
  const parameters = (operation.parameters ?? []).map((parameter) => withExample(parameter, example))
  const isKeyed = operation.security !== undefined
  return {
    ...operation,
    parameters: isKeyed ? [...parameters, { $ref: '#/components/parameters/SubApp' }] : parameters,
    ...(operation.requestBody !== undefined && { requestBody: exemplified(operation.requestBody, example) }),
    responses: { ...operation.responses, ...refusalsOf(facts), ...anyProblem },
  }
}

function withExample(parameter: Parameter, { path, query }: RequestExample): Parameter {
  if ('$ref' in parameter) return parameter
  const value = (parameter.in === 'path' ? path : query)?.[parameter.name]
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

function refusalsOf(facts: OperationFacts | undefined): Responses {
  const codes = facts?.refuses ?? []
  const statuses = [...new Set(codes.map((code) => statusOf[code]))]
  const refusals = statuses.map((status) => {
    const named = codes.filter((code) => statusOf[code] === status).map((code) => `\`${code}\``)
    return [status, { description: `Refused: ${named.join(', ')}.`, content: problemContent }] as const
  })
  return Object.fromEntries(refusals)
}
