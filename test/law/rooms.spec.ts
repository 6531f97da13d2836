import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { foldersIn, repository } from './source-tree'

const ranks = z
  .record(z.string(), z.int().min(0))
  .parse(JSON.parse(readFileSync(join(repository, 'libs', 'ranks.json'), 'utf8')))

const rooms = foldersIn('libs')

describe('the rooms in libs', () => {
  it('have each a rank in the import law, except testing', () => {
    expect(rooms.filter((room) => room !== 'testing' && !(room in ranks))).toEqual([])
  })

  it.each(rooms)('%s has a front door and says what it is for', (room) => {
    expect(existsSync(join(repository, 'libs', room, 'src', 'index.ts'))).toBe(true)
    expect(readFileSync(join(repository, 'libs', room, 'README.md'), 'utf8').trim().length).toBeGreaterThan(100)
  })
})

it('nest-cli.json lists every app and every room', () => {
  const { projects } = z
    .object({ projects: z.record(z.string(), z.object({ root: z.string() })) })
    .parse(JSON.parse(readFileSync(join(repository, 'nest-cli.json'), 'utf8')))
  const listed = new Set(Object.values(projects).map(({ root }) => root))
  const folders = [...foldersIn('apps').map((app) => `apps/${app}`), ...rooms.map((room) => `libs/${room}`)]
  expect(folders.filter((folder) => !listed.has(folder))).toEqual([])
})
