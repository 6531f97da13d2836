import type { SubAppId } from '@libs/kernel'
import type { SubAppStores } from '../ports/stores/unit-of-work.port'
import { findProcedure } from '../procedures/find-procedure'
import { unknownQueue } from '../queues/named-queue'
import { loadTemplates } from '../templates/load-templates'
import type { UploadProcedure } from './upload'

/**
 * Refuses an upload for a procedure that could not run on it, before any bytes come.
 * @throws AppError `procedure.notFound`, `template.notFound`, `queue.notFound`
 */
export async function assertRunnable(stores: SubAppStores, subAppId: SubAppId, { name, queue }: UploadProcedure) {
  const { tasks } = await findProcedure(stores, subAppId, name)
  await loadTemplates(stores, subAppId, tasks)
  if (queue !== undefined && !(await stores.queues.keep(subAppId, queue))) throw unknownQueue(queue, 'queue')
}
