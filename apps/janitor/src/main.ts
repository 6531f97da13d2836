import { DialectEventRenderer } from '@libs/dialects'
import { readEnv, runApp, SystemClock } from '@libs/kernel'
import { databaseEnv, masterKeyEnv, PersistenceModule } from '@libs/persistence'
import { openStorage, PublicFileUrls, publicUrlEnv, storageEnv } from '@libs/storage'
import {
  EventRenderer,
  JanitorUseCases,
  RemoveDeleted,
  retentionEnv,
  RetentionRules,
  retentionRules,
  StoredFiles,
  SweepDue,
  SweepOrphans,
} from '@libs/workflow'
import { type DynamicModule, Global, type INestApplicationContext, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { z } from 'zod'
import { migrations } from '../../../migrations'
import { totalsOf, tableOf } from './sweep-table'

const env = { ...databaseEnv, ...masterKeyEnv, ...storageEnv, ...publicUrlEnv, ...retentionEnv }

/** What a sweep reaches outside with. */
@Global()
@Module({})
class OutsideModule {
  static forRoot(settings: z.infer<z.ZodObject<typeof env>>): DynamicModule {
    const renderer = new DialectEventRenderer(new PublicFileUrls(settings, new SystemClock()))
    const providers = [
      { provide: EventRenderer, useValue: renderer },
      { provide: StoredFiles, useValue: openStorage(settings).files },
      { provide: RetentionRules, useValue: retentionRules(settings) },
    ]
    return { module: OutsideModule, providers, exports: providers }
  }
}

@Module({})
class JanitorApp {}

/** One sweep now, files and all; with `--dry-run` it says what a sweep would remove, and changes nothing. */
async function main(): Promise<void> {
  const isDry = readArguments(process.argv.slice(2))
  const settings = readEnv(env)
  const migrationNames = migrations.map(({ name }) => name)
  const app = await NestFactory.createApplicationContext(
    {
      module: JanitorApp,
      imports: [
        PersistenceModule.forRoot({ url: settings.DATABASE_URL, poolSize: 2, migrationNames }, settings),
        OutsideModule.forRoot(settings),
        JanitorUseCases,
      ],
    },
    { logger: false, abortOnError: false },
  )
  try {
    const mode = isDry ? 'look' : 'discard'
    const totals = await totalsOf([app.get(SweepDue).lots(mode), app.get(SweepOrphans).lots(mode)])
    if (!isDry) await removeFiles(app)
    process.stdout.write(`${tableOf(totals, isDry)}\n`)
  } finally {
    await app.close()
  }
}

function readArguments(given: readonly string[]): boolean {
  const unknown = given.find((argument) => argument !== '--dry-run')
  if (unknown !== undefined) throw new Error(`"${unknown}" is not known; there is --dry-run.`)
  return given.length > 0
}

/** Conductors that run do the same. */
async function removeFiles(app: INestApplicationContext): Promise<void> {
  const removeDeleted = app.get(RemoveDeleted)
  while ((await removeDeleted.execute()) > 0);
}

runApp(main)
