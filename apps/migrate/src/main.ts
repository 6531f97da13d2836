import { readEnv, runApp } from '@libs/kernel'
import { databaseEnv, masterKeyEnv, migrateDatabase, openKeyring, sealSecrets } from '@libs/persistence'
import { migrateQueue, queueEnv } from '@libs/queue'
import { migrations } from '../../../migrations'

const say = (told: object): void => void process.stdout.write(`${JSON.stringify({ level: 'info', ...told })}\n`)

/**
 * Prepares the database and, when the queue is in PostgreSQL too, the queue's schema and the workers' role; seals secrets
 * that an earlier version kept plain. Started with `rotate-secrets` it seals all of them with the first master key.
 */
async function migrate(): Promise<void> {
  const settings = readEnv({ ...databaseEnv, ...masterKeyEnv, ...queueEnv })
  const { DATABASE_URL, REDIS_URL, QUEUE_DATABASE_URL } = settings
  const keyring = openKeyring(settings)
  if (process.argv[2] === 'rotate-secrets') {
    const sealed = await sealSecrets(DATABASE_URL, keyring, 'all')
    say({ msg: 'Every secret is sealed with the first master key.', sealed, keyId: keyring.sealingKeyId })
    return
  }
  const ran = await migrateDatabase(DATABASE_URL, migrations)
  const sealed = await sealSecrets(DATABASE_URL, keyring, 'plain')
  if (REDIS_URL === undefined) await migrateQueue(DATABASE_URL, QUEUE_DATABASE_URL)
  say({ msg: 'The schema is up to date.', ran, sealed })
}

runApp(migrate)
