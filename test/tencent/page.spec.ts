import { dialects } from '@libs/dialects'
import { readEnv } from '@libs/kernel'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { answered } from './answered'
import { readActions, readStructures } from './declarations'
import { notes } from './notes'
import { renderPage } from './page'

const { actions } = dialects['tencent-vod']
const structures = readStructures()
const { UPDATE_PAGES } = readEnv({ UPDATE_PAGES: z.string().optional() })
const repository = join(__dirname, '../..')
const file = join(repository, 'docs/tencent-vod.md')

function laidOut(markdown: string): string {
  const prettier = join(repository, 'node_modules/prettier/bin/prettier.cjs')
  return execFileSync(process.execPath, [prettier, '--stdin-filepath', file], { input: markdown, encoding: 'utf8' })
}

describe('docs/tencent-vod.md', () => {
  it('says what the schemas and the official SDK say', () => {
    const page = laidOut(renderPage({ actions, structures, answered, notes }))
    if (UPDATE_PAGES !== undefined) writeFileSync(file, page)
    expect(readFileSync(file, 'utf8')).toBe(page)
  })

  it('knows every action for one of the vendor', () => {
    expect(readActions()).toEqual(expect.arrayContaining(Object.keys(actions)))
  })

  it('leaves no parameter of the vendor unknown', () => {
    expect(readFileSync(file, 'utf8')).not.toMatch(/not supported: `UnknownParameter`/)
  })

  it('has notes about what is there', () => {
    const known = (note: string) => {
      const [owner = '', member = ''] = note.split('.')
      return [owner, `${owner}Request`].some((name) => structures.get(name)?.has(member))
    }
    expect(Object.keys(notes).filter((name) => !known(name))).toEqual([])
  })
})
