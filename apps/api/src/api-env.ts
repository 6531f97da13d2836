import { healthEnv } from '@libs/health'
import { diskEnv, logEnv, shutdownEnv } from '@libs/kernel'
import { limitsEnv } from '@libs/limits'
import { databaseEnv, masterKeyEnv } from '@libs/persistence'
import { queueEnv } from '@libs/queue'
import { hookBucketsEnv, publicUrlEnv, storageEnv } from '@libs/storage'
import { tracingEnv } from '@libs/tracing'
import { isValid, isValidCIDR } from 'ipaddr.js'
import { z } from 'zod'

/** The settings of the API process: those of the rooms it composes, where it listens, and its first access key. */
export const apiEnv = {
  ...logEnv,
  ...healthEnv,
  ...diskEnv,
  ...shutdownEnv,
  ...tracingEnv,
  ...databaseEnv,
  ...masterKeyEnv,
  ...storageEnv,
  ...hookBucketsEnv,
  ...publicUrlEnv,
  ...limitsEnv,
  ...queueEnv,
  /**
   * Whose X-Forwarded-For is believed: so many proxies in front, or their addresses as CIDRs. By default nobody's: a client
   * could call itself anything.
   */
  TRUST_PROXY: z
    .string()
    .default('0')
    .transform((text, context): number | string[] => {
      if (/^\d$/.test(text)) return Number(text)
      const networks = text.split(',').map((network) => network.trim())
      if (networks.every((network) => isValid(network) || isValidCIDR(network))) return networks
      context.addIssue({ code: 'custom', message: 'expected a number of proxies, or addresses and CIDRs' })
      return z.NEVER
    }),
  HOST: z.string().default('127.0.0.1'),
  STILLFLOW_SECRET_ID: z.string().optional(),
  STILLFLOW_SECRET_KEY: z.string().optional(),
  STILLFLOW_DATA_DIR: z.string().default('.stillflow'),
}

export type ApiSettings = z.infer<z.ZodObject<typeof apiEnv>>
