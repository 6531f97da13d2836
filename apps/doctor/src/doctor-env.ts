import { egressEnv } from '@libs/egress'
import { diskEnv } from '@libs/kernel'
import { mediaEnv } from '@libs/media'
import { databaseEnv, masterKeyEnv } from '@libs/persistence'
import { queueEnv } from '@libs/queue'
import { publicUrlEnv, storageEnv } from '@libs/storage'
import { retentionEnv } from '@libs/workflow'
import { tmpdir } from 'node:os'
import { z } from 'zod'

/** What all apps together are told, but for what only says how they listen and log. */
export const doctorEnv = {
  ...{ ...diskEnv, ...databaseEnv, ...masterKeyEnv, ...queueEnv },
  ...{ ...storageEnv, ...publicUrlEnv, ...egressEnv, ...mediaEnv, ...retentionEnv },
  WORK_DIR: z.string().default(tmpdir()),
}

export type DoctorSettings = z.infer<z.ZodObject<typeof doctorEnv>>
