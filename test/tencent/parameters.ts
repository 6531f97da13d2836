import { supportOf } from '@libs/dialects'
import { z } from 'zod'

function inside(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return asType(schema.unwrap())
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return asType(schema.unwrap())
  if (schema instanceof z.ZodArray) return asType(schema.element)
  if (!(schema instanceof z.ZodPipe)) return undefined
  return asType(schema.in instanceof z.ZodTransform ? schema.out : schema.in)
}

function asType(schema: unknown): z.ZodType | undefined {
  return schema instanceof z.ZodType ? schema : undefined
}

/** What is said of a parameter in the schema, however it is wrapped. */
export function supportIn(schema: z.ZodType): ReturnType<typeof supportOf> {
  const said = supportOf(schema)
  if (said !== undefined) return said
  const within = inside(schema)
  return within && supportIn(within)
}

/** The members of the object that a schema takes, or of each object that it takes a list of. */
export function membersIn(schema: z.ZodType): Readonly<Record<string, z.ZodType>> | undefined {
  if (!(schema instanceof z.ZodObject)) {
    const within = inside(schema)
    return within && membersIn(within)
  }
  const members = Object.entries(schema.shape).flatMap(([name, value]) => {
    const type = asType(value)
    return type === undefined ? [] : [[name, type] as const]
  })
  return Object.fromEntries(members)
}
