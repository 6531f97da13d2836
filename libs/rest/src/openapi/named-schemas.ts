import { z } from 'zod'

const place = '#/components/schemas/'
const named = new Set<z.ZodType>()

/**
 * A reference to a schema, which the document then has among its components.
 * @throws Error when the schema has no id, which the document knows it by
 */
export function refTo(schema: z.ZodType): { readonly $ref: string } {
  const id = schema.meta()?.id
  if (id === undefined) throw new Error('A schema that the document names needs an id: schema.meta({ id }).')
  named.add(schema)
  return { $ref: place + id }
}

/** Every schema that was referred to, and every one with an id inside of those, as JSON Schema. */
export function namedSchemas(): Readonly<Record<string, object>> {
  const definitions = [...named].map((schema) => z.toJSONSchema(schema, { io: 'input' }).$defs)
  const text = JSON.stringify(Object.assign({}, ...definitions)).replaceAll('"#/$defs/', `"${place}`)
  return JSON.parse(text) as Readonly<Record<string, object>>
}
