import type { Action } from '@libs/dialects'
import fc from 'fast-check'
import { membersIn } from '../../tencent/parameters'

/** Values that a parameter of that name may well have. */
export type Samples = Readonly<Record<string, readonly unknown[]>>

type Json = Record<string, unknown>

function nested(depth: number): unknown {
  return depth === 0 ? 1 : { A: nested(depth - 1) }
}

/** What no honest caller sends, or sends only by mistake. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, '', ' ', '\0', '\ud800', '🎬'.repeat(3_000), 'a'.repeat(70_000), "'; drop table media; --"],
    ...['-1', '0', '1e9', '10.5', 'NaN', 'true', 'ON', '../../etc/passwd', 'http://[::1]/', '9999-12-31T23:59:59Z'],
    ...[0, -1, 0.5, 1e308, 2 ** 31, 2 ** 53, -(2 ** 63), true, false, [], {}, [null], [[[]]], [{}], { length: 3 }],
    ...[nested(20), nested(200), Array.from({ length: 20_000 }, () => 1), ['same', 'same'], { constructor: null }],
  ),
  fc.anything({ maxDepth: 2, maxKeys: 3, withNullPrototype: false }).map(asJson),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

/** @returns null for what JSON has no word for */
function asJson(value: unknown): unknown {
  try {
    const text: string | undefined = JSON.stringify(value)
    return text === undefined ? null : (JSON.parse(text) as unknown)
  } catch {
    return null
  }
}

function valueOf(name: string, samples: Samples): fc.Arbitrary<unknown> {
  const known = samples[name] ?? []
  if (known.length === 0) return hostile
  return fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: hostile })
}

/** Replaces, or adds, something inside a value. @param way which of its members to go down, one number a level */
function spoil(value: unknown, way: readonly number[], by: unknown): unknown {
  const [first, ...rest] = way
  if (first === undefined || typeof value !== 'object' || value === null) return by
  const keys = [...Object.keys(value), 'Unheard']
  const key = keys[first % keys.length] ?? 'Unheard'
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === key ? spoil(item, rest, by) : item))
  return { ...value, [key]: spoil((value as Json)[key], rest, by) }
}

/** What an honest caller sends: the first sample of each parameter that has any. */
export function honestParameters({ parameters }: Action, samples: Samples): Json {
  const known = Object.keys(membersIn(parameters) ?? {}).filter((name) => samples[name] !== undefined)
  return Object.fromEntries(known.map((name) => [name, samples[name]?.[0]]))
}

/**
 * Parameters for an action: some of those that it takes, with likely values and unlikely ones, and now and then something
 * spoilt deep inside or never heard of.
 */
export function spoiltParameters({ parameters }: Action, samples: Samples): fc.Arbitrary<Json> {
  const members = Object.keys(membersIn(parameters) ?? {}).map((name) => [name, valueOf(name, samples)] as const)
  const some = fc.record<Json>(Object.fromEntries(members), { requiredKeys: [] })
  const all = fc.record<Json>(Object.fromEntries(members.filter(([name]) => samples[name] !== undefined)))
  const spoiling = fc.option(fc.tuple(fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }), hostile), { freq: 2 })
  return fc
    .tuple(fc.oneof(some, all), spoiling)
    .map(([given, how]) => (how === null ? given : (spoil(given, how[0], how[1]) as Json)))
}
