import { z } from 'zod'

/** A time in an answer: presenters give a Date, callers read RFC 3339. */
export const moment = z.codec(z.iso.datetime(), z.date(), {
  decode: (written) => new Date(written),
  encode: (at) => at.toISOString(),
})

/** A page of a list that is counted. */
export function pageView<Item extends z.ZodType>(id: string, item: Item) {
  return z.object({ totalCount: z.int(), items: z.array(item) }).meta({ id })
}

/** What a presenter gives for the schema of an answer. */
export type View<Schema extends z.ZodType> = Shown<z.output<Schema>>

type Shown<Value> = unknown extends Value
  ? Value
  : Value extends Date | string | number | boolean | null | undefined
    ? Value
    : Value extends readonly (infer Item)[]
      ? readonly Shown<Item>[]
      : { readonly [Name in keyof Value]: Shown<Value[Name]> }
