import { z } from 'zod'

/** What the fake resolver answers, by name, as JSON. */
export const resolverEnv = { CORPUS_NAMES: z.string().default('{}') }
