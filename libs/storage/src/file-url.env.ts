import { z } from 'zod'

/** A key that signs file URLs: its id is in them. */
export interface FileUrlKey {
  readonly id: string
  readonly secret: string
}

const week = 7 * 24 * 3_600
const error = 'expected <id>:<secret of 32 characters or more>, and more of them after commas'

function parseKeys(text: string): readonly FileUrlKey[] | undefined {
  const keys = text.split(',').map((part) => /^([A-Za-z0-9]{1,16}):([\x21-\x2b\x2d-\x7e]{32,256})$/.exec(part.trim()))
  const parsed = keys.flatMap((key) => (key === null ? [] : [{ id: key[1] ?? '', secret: key[2] ?? '' }]))
  return parsed.length === keys.length ? parsed : undefined
}

/** Whether the URLs of files are signed, with what, for how long, and who hands the bytes out. */
export const fileUrlEnv = {
  FILE_URL_SIGNING: z.enum(['on', 'off']).default('off'),
  /** The first signs; all are believed, so that keys can be changed without breaking URLs that are out. */
  FILE_URL_KEYS: z
    .string()
    .optional()
    .transform((text, context): readonly FileUrlKey[] => {
      const keys = text === undefined ? [] : parseKeys(text)
      if (keys !== undefined) return keys
      context.addIssue({ code: 'custom', message: error })
      return z.NEVER
    }),
  FILE_URL_EXPIRES_SECONDS: z.coerce.number().int().min(60).max(week).default(week),
  /** Whether whoever has a good URL is sent on to one of the bucket's own; the bucket has to be in reach of readers then. */
  FILE_URL_REDIRECT: z.enum(['on', 'off']).default('off'),
}

export type FileUrlSettings = z.infer<z.ZodObject<typeof fileUrlEnv>>
