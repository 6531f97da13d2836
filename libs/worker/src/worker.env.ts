import { tmpdir } from 'node:os'
import { z } from 'zod'

/** The settings of a worker beyond those of the rooms it binds. It never asks for a database. */
export const workerEnv = {
  /** Folder of the tasks' workspaces. */
  WORK_DIR: z.string().default(tmpdir()),
}
