import { dialects } from '@libs/dialects'
import { RestModule } from '@libs/rest'
import type { Type } from '@nestjs/common'
import { MODULE_METADATA, PARAMTYPES_METADATA } from '@nestjs/common/constants'
import { z } from 'zod'

type Schema = z.core.$ZodType

const named = z.object({ schema: z.custom<Schema>((given) => given instanceof z.ZodType) })

/** The bodies and queries that a controller declares: what Nest itself checks requests against. */
function schemasOf(controller: Type): readonly (readonly [string, Schema])[] {
  const prototype = controller.prototype as Readonly<Record<string, unknown>>
  return Object.getOwnPropertyNames(prototype).flatMap((handler) => {
    const types: unknown = Reflect.getMetadata(PARAMTYPES_METADATA, prototype, handler)
    if (!Array.isArray(types)) return []
    return types.flatMap((type: unknown): (readonly [string, Schema])[] => {
      const schema =
        typeof type === 'function' && 'schema' in type ? named.safeParse({ schema: type.schema }) : undefined
      return schema?.success === true ? [[`${controller.name}.${handler}`, schema.data.schema]] : []
    })
  })
}

const controllers = Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, RestModule) as readonly Type[]
const rest = controllers.flatMap(schemasOf)
const actions = Object.values(dialects).flatMap((dialect) =>
  Object.entries(dialect.actions).map(([name, { parameters }]) => [`${dialect.name} ${name}`, parameters] as const),
)

/** What is not looked into is bounded by the body: parameters that are ignored, or refused unless empty. */
const bounded = new Set(['number', 'boolean', 'enum', 'literal', 'transform', 'unknown', 'custom'])

/** Where a schema takes text or lists of any length: the paths in it. */
function unlimited(schema: Schema, path: string, seen = new Set<Schema>()): readonly string[] {
  if (seen.has(schema)) return []
  seen.add(schema)
  const inner = (next: Schema, name = '') => unlimited(next, path + name, seen)
  const { def } = (schema as z.core.$ZodTypes)._zod
  const hasMost = def.checks?.some(({ _zod }) => ['max_length', 'length_equals'].includes(_zod.def.check)) === true
  if (def.type === 'string') return hasMost ? [] : [path]
  if (def.type === 'array') return [...(hasMost ? [] : [path]), ...inner(def.element, '[]')]
  if (def.type === 'object') return Object.entries(def.shape).flatMap(([name, member]) => inner(member, `.${name}`))
  if (def.type === 'union') return def.options.flatMap((option) => inner(option))
  if (def.type === 'pipe') return [...inner(def.in), ...inner(def.out)]
  if ('innerType' in def) return inner(def.innerType)
  return bounded.has(def.type) ? [] : [`${path}: ${def.type}`]
}

it('are all found', () => {
  expect(rest.length).toBeGreaterThan(15)
  expect(actions.length).toBeGreaterThan(40)
})

/** Members that the template's own schema checks next. */
const counted = ['.TemplateConfig.OverwriteParams: record']

it.each([...rest, ...actions])('%s takes no text and no list of any length', (_name, schema) => {
  expect(unlimited(schema, '').filter((path) => !counted.includes(path))).toEqual([])
})
