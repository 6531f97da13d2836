import type { Action } from '@libs/dialects'
import type { z } from 'zod'
import type { Member, Structure } from './declarations'
import { membersIn, supportIn } from './parameters'

export interface PageSources {
  readonly actions: Readonly<Record<string, Action>>
  readonly structures: ReadonlyMap<string, Structure>
  /** Members that answers and events carry, by structure. */
  readonly answered: Readonly<Record<string, readonly string[]>>
  /** `Structure.Member` or `Action.Parameter` → how it differs. */
  readonly notes: Readonly<Record<string, string>>
}

interface Row {
  readonly name: string
  readonly type: string
  readonly here: string
}

const words = {
  refused: 'not supported: `UnsupportedOperation`',
  'refused when ON': 'not supported: `ON` answers `UnsupportedOperation`',
  'refused unless 0': 'not supported: anything but 0 answers `UnsupportedOperation`',
  ignored: 'accepted and ignored',
} as const

/** What docs/tencent-vod.md has to say, as Markdown that is not yet laid out. */
export function renderPage(sources: PageSources): string {
  const inputs = new Map<string, readonly Row[]>()
  const actions = Object.entries(sources.actions).map(([name, { parameters }]) =>
    section(name, rowsOf(name, `${name}Request`, parameters, sources, inputs)),
  )
  const structures = [...inputs].toSorted(byName).map(([name, rows]) => section(name, rows))
  const answers = Object.keys(sources.answered)
    .toSorted()
    .map((name) => answerRow(name, sources))
  return [
    intro,
    '## Actions',
    ...actions,
    '## Structures in parameters',
    ...structures,
    '## Structures in answers and events',
    answersIntro,
    table(['Structure', 'Carried', 'Absent or null'], answers),
  ].join('\n\n')
}

const intro = `# Tencent Cloud VOD, action by action

Every parameter of every action that is served, and what becomes of it. This page is made from the schemas that check the
parameters and from the types that the official SDK declares, and a test holds it against both; \`UPDATE_PAGES=1 npm run
test:unit\` writes it anew. Where nothing is said, a parameter does what the vendor's documents say. An action that is not
here answers \`InvalidAction\`, a parameter that is neither here nor in the vendor's documents \`UnknownParameter\`.`

const answersIntro = `What the end-to-end suite saw in the answers to the official SDK and in events: every member listed as carried was seen
there, with the type that the SDK declares, and no other was.`

function rowsOf(
  owner: string,
  structure: string,
  schema: z.ZodType,
  sources: PageSources,
  inputs: Map<string, readonly Row[]>,
): readonly Row[] {
  const declared: Structure = sources.structures.get(structure) ?? new Map<string, Member>()
  const taken = membersIn(schema) ?? {}
  const extensions = Object.keys(taken).filter((name) => !declared.has(name) && name !== 'SubAppId')
  for (const [name, { type }] of declared) {
    const inner = taken[name]
    if (inner === undefined || membersIn(inner) === undefined || inputs.has(type)) continue
    inputs.set(type, [])
    inputs.set(type, rowsOf(type, type, inner, sources, inputs))
  }
  return [
    ...[...declared].map(([name, member]) => ({
      name,
      type: typeOf(member),
      here: hereOf(owner, name, taken[name], sources),
    })),
    ...extensions.map((name) => ({ name, type: '', here: joined('our extension', sources.notes[`${owner}.${name}`]) })),
  ]
}

function hereOf(owner: string, name: string, schema: z.ZodType | undefined, { notes }: PageSources): string {
  const support = schema && supportIn(schema)
  const word = schema === undefined ? 'not supported: `UnknownParameter`' : support && words[support]
  return joined(word, notes[`${owner}.${name}`])
}

function joined(...parts: readonly (string | undefined)[]): string {
  const said = parts.filter((part) => part !== undefined)
  return said.length === 0 ? 'supported' : said.join('; ')
}

function typeOf({ type, isList }: Member): string {
  return isList ? `${type}[]` : type
}

function section(name: string, rows: readonly Row[]): string {
  const title = `### ${name}`
  if (rows.length === 0) return `${title}\n\nNo parameters.`
  return `${title}\n\n${table(
    ['Parameter', 'Type', 'Here'],
    rows.map(({ name: parameter, type, here }) => [`\`${parameter}\``, type, here]),
  )}`
}

function answerRow(name: string, { structures, answered, notes }: PageSources): readonly string[] {
  const carried = answered[name] ?? []
  const declared = [...(structures.get(name)?.keys() ?? [])]
  const described = carried.map((member) => {
    const said = joined(declared.includes(member) ? undefined : 'our extension', notes[`${name}.${member}`])
    return said === 'supported' ? `\`${member}\`` : `\`${member}\` (${said})`
  })
  const absent = declared.filter((member) => !carried.includes(member))
  return [name, described.join(', '), absent.map((member) => `\`${member}\``).join(', ')]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
