import { mediaInfo } from '@libs/tasks'
import { z } from 'zod'
import { moment, pageView } from '../openapi/view'
import { faultView, resultView } from '../runs/views/task-view'

export const mediaView = z
  .object({
    mediaId: z.string(),
    name: z.string(),
    description: z.string(),
    reference: z.string().optional(),
    extension: z.string(),
    state: z.enum(['ingesting', 'ready', 'failed']),
    sourceUrl: z.string().optional(),
    sourceContext: z.string(),
    info: mediaInfo.meta({ id: 'MediaInfo' }).optional(),
    fault: faultView.optional(),
    tags: z.array(z.string()),
    marks: z.array(z.object({ atMs: z.number(), text: z.string() })),
    url: z.string(),
    coverUrl: z.string().optional(),
    createdAt: moment,
    updatedAt: moment,
    expiresAt: moment.optional(),
    results: z.array(resultView),
  })
  .meta({ id: 'Media' })

export const mediaPage = pageView('MediaPage', mediaView)

export const registeredMediaView = z
  .object({
    mediaId: z.string(),
    runId: z.string().optional().meta({ description: 'The run of the procedure that was named.' }),
    ingestRunId: z.string().meta({ description: 'The run that makes it ready.' }),
  })
  .meta({ id: 'RegisteredMedia' })
