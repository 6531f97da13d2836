import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { text } from '../fields'

/** Which procedure runs on which objects: none where it is empty. */
export interface BucketRule {
  readonly procedure: string
  readonly prefix: string
  readonly suffix: string
}

const written = z
  .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(text(1_200)).min(1).max(100))
  .transform((texts, context): readonly BucketRule[] => {
    const rules = texts.map(readRule)
    if (!rules.includes(undefined)) return rules.filter((rule) => rule !== undefined)
    context.addIssue({ code: 'custom', message: 'Expected <procedure>:<prefix>*<suffix>.' })
    return z.NEVER
  })

function readRule(rule: string): BucketRule | undefined {
  const [, procedure, prefix, suffix] = /^([^:]{0,64}):([^*]*)\*([^*]*)$/.exec(rule) ?? []
  if (procedure === undefined || prefix === undefined || suffix === undefined) return undefined
  return { procedure, prefix, suffix }
}

/** The rules of a bucket, in the order in which they are looked at. */
export class BucketHookQuery extends createZodDto(z.strictObject({ rule: written })) {}

/** @returns the first rule that takes an object; undefined when none does. What ends in a slash is a folder. */
export function ruleFor(key: string, rules: readonly BucketRule[]): BucketRule | undefined {
  if (key.endsWith('/')) return undefined
  return rules.find(
    ({ prefix, suffix }) =>
      key.length >= prefix.length + suffix.length && key.startsWith(prefix) && key.endsWith(suffix),
  )
}
