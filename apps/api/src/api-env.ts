import { diskEnv, logEnv, shutdownEnv } from '@libs/kernel'
import { rateLimitEnv } from '@libs/limits'
import { databaseEnv, masterKeyEnv } from '@libs/persistence'
import { publicUrlEnv, storageEnv } from '@libs/storage'
import { z } from 'zod'

/** The settings of the API process: those of the rooms it composes, where it listens, and its first access key. */
export const apiEnv = {
  ...logEnv,
  ...diskEnv,
  ...shutdownEnv,
  ...databaseEnv,
  ...masterKeyEnv,
  ...storageEnv,
  ...publicUrlEnv,
  ...rateLimitEnv,
  HOST: z.string().default('127.0.0.1'),
  STILLFLOW_SECRET_ID: z.string().optional(),
  STILLFLOW_SECRET_KEY: z.string().optional(),
  STILLFLOW_DATA_DIR: z.string().default('.stillflow'),
}

export type ApiSettings = z.infer<z.ZodObject<typeof apiEnv>>
