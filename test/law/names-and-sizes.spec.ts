import { basename, dirname } from 'node:path'
import { filesUnder } from './source-tree'

const maxFilesInFolder = 12

/** The closed list of suffixes; another one needs an ADR. */
const suffixes = [
  ...['kind', 'input', 'output', 'plan', 'execute', 'port', 'store', 'entity', 'module', 'action', 'dialect'],
  ...['codec', 'env', 'spec', 'property', 'medium-spec', 'e2e-spec', 'contract'],
]
const fileName = new RegExp(String.raw`^[a-z0-9]+(-[a-z0-9]+)*(\.(${suffixes.join('|')}))*\.ts$`)

/** Names that say nothing about what is inside, so that anything ends up there. */
const namelessFolders = new Set(['utils', 'helpers', 'common', 'shared', 'misc', 'base'])
const namelessFiles = new Set(['utils.ts', 'helpers.ts', 'common.ts', 'types.ts', 'constants.ts'])

const sources = ['apps', 'libs', 'migrations', 'test'].flatMap(filesUnder).filter((path) => path.endsWith('.ts'))

describe('names and sizes', () => {
  it('files are kebab-case, with a suffix from the closed list or none', () => {
    expect(sources.filter((path) => !fileName.test(basename(path)))).toEqual([])
  })

  it('no file or folder is a drawer for everything', () => {
    const nameless = sources.filter(
      (path) => namelessFiles.has(basename(path)) || path.split('/').some((part) => namelessFolders.has(part)),
    )
    expect(nameless).toEqual([])
  })

  it('only a front door gathers exports', () => {
    const doors = sources.filter((path) => basename(path) === 'index.ts')
    expect(doors.filter((path) => !/^(libs\/[^/]+\/src|migrations)\/index\.ts$/.test(path))).toEqual([])
  })

  it(`no folder has more than ${maxFilesInFolder} files beside their tests`, () => {
    const folders = sources.filter((path) => !path.endsWith('spec.ts')).map(dirname)
    const filesIn = (folder: string): number => folders.filter((other) => other === folder).length
    // Migrations only ever become more, and belong together.
    const divisible = [...new Set(folders)].filter((folder) => folder !== 'migrations')
    const crowded = divisible.filter((folder) => filesIn(folder) > maxFilesInFolder)
    expect(crowded).toEqual([])
  })
})
