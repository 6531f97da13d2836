import { z } from 'zod'

/** Where bytes live: sources and artifacts under one folder. */
export const storageEnv = {
  STORAGE_URL: z
    .string({ error: 'expected file:<folder>' })
    .refine((url) => !url.startsWith('s3:'), { error: 'S3 is not supported yet; expected file:<folder>', abort: true })
    .refine((url) => /^file:./.test(url), { error: 'expected file:<folder>' }),
}

export type StorageSettings = z.infer<z.ZodObject<typeof storageEnv>>
