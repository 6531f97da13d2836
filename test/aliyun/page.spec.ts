import { dialects } from '@libs/dialects'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { membersIn } from '../tencent/parameters'

/** The first column of the table under each heading of the third level. */
function tablesOf(page: string): Readonly<Record<string, readonly string[]>> {
  const sections = page.split(/^### /m).slice(1)
  return Object.fromEntries(
    sections.map((section) => [
      section.split('\n')[0] ?? '',
      [...section.matchAll(/^\| `(\w+)` /gm)].map(([, name = '']) => name),
    ]),
  )
}

it.each(['aliyun-vod', 'aliyun-ims'] as const)(
  'docs/%s.md has every action with every parameter, and no other',
  (name) => {
    const page = readFileSync(join(__dirname, `../../docs/${name}.md`), 'utf8')
    const tables = tablesOf(page.slice(page.indexOf('## Actions'), page.indexOf('## Structures')))
    const { actions } = dialects[name]
    expect(Object.keys(tables)).toEqual(Object.keys(actions))
    for (const [action, { parameters }] of Object.entries(actions)) {
      const members = Object.keys(membersIn(parameters) ?? {}).filter((member) => member !== 'AppId')
      expect([action, tables[action]?.toSorted()]).toEqual([action, members.toSorted()])
    }
  },
)
