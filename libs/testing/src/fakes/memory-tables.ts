import type { EventId, MediaId, RunId, SubAppId, TaskId, WebhookId } from '@libs/kernel'
import type {
  AccessKey,
  ClaimedRemoval,
  DeliveryRecord,
  Endpoint,
  KeptAnswer,
  EventConfig,
  Media,
  NamedQueue,
  Procedure,
  Run,
  StoredEvent,
  SubApp,
  Task,
  Template,
  Upload,
  Webhook,
} from '@libs/workflow'

export interface OwnedTemplate {
  readonly subAppId: SubAppId
  readonly template: Template
}

export interface OwnedProcedure {
  readonly subAppId: SubAppId
  readonly procedure: Procedure
}

export interface OwnedQueue {
  readonly subAppId: SubAppId
  readonly queue: NamedQueue
}

export interface TaskRow {
  readonly task: Task
  readonly dueAt: Date | undefined
  readonly lookAt: Date | undefined
  /** Of its latest dispatch. */
  readonly turn?: number
}

export interface DeliveryRow extends DeliveryRecord {
  readonly subAppId: SubAppId
  readonly token: number
  readonly webhookId: WebhookId | undefined
}

export interface PullRow {
  readonly handle: string
  readonly visibleAt: Date
}

interface Tables {
  readonly templates: Map<number, OwnedTemplate>
  readonly procedures: Map<string, OwnedProcedure>
  readonly queues: Map<string, OwnedQueue>
  readonly media: Map<MediaId, Media>
  /** When each media was deleted that is. */
  readonly deleted: Map<MediaId, Date>
  readonly removals: Map<string, { readonly removal: ClaimedRemoval; readonly dueAt: Date }>
  readonly runs: Map<RunId, Run>
  readonly tasks: Map<TaskId, TaskRow>
  /** When somebody first asked for a run to be aborted. */
  readonly aborts: Map<RunId, Date>
  /** The same for a task. */
  readonly taskAborts: Map<TaskId, Date>
  /** When each session was last taken. */
  readonly sessions: Map<string, Date>
  readonly events: Map<EventId, StoredEvent>
  readonly deliveries: Map<EventId, DeliveryRow>
  /** By sub-application and URL. */
  readonly endpoints: Map<string, Endpoint>
  readonly pulls: Map<EventId, PullRow>
  readonly webhooks: Map<WebhookId, Webhook>
  readonly eventConfigs: Map<SubAppId, EventConfig>
  readonly accessKeys: Map<string, { readonly key: AccessKey; readonly createdAt: Date }>
  readonly subApps: Map<SubAppId, SubApp>
  readonly uploads: Map<string, Upload>
  /** When each signed request that was let in expires. */
  readonly admitted: Map<string, Date>
  /** By sub-application, access key and key. */
  readonly idempotencyKeys: Map<string, KeptAnswer & { readonly createdAt: Date }>
}

/** Rows are never changed in place, so a copy of the maps is a copy of everything. */
export class MemoryTables implements Tables {
  readonly templates: Tables['templates'] = new Map()
  readonly procedures: Tables['procedures'] = new Map()
  readonly queues: Tables['queues'] = new Map()
  readonly media: Tables['media'] = new Map()
  readonly deleted: Tables['deleted'] = new Map()
  readonly removals: Tables['removals'] = new Map()
  readonly runs: Tables['runs'] = new Map()
  readonly tasks: Tables['tasks'] = new Map()
  readonly aborts: Tables['aborts'] = new Map()
  readonly taskAborts: Tables['taskAborts'] = new Map()
  readonly sessions: Tables['sessions'] = new Map()
  readonly events: Tables['events'] = new Map()
  readonly deliveries: Tables['deliveries'] = new Map()
  readonly endpoints: Tables['endpoints'] = new Map()
  readonly pulls: Tables['pulls'] = new Map()
  readonly webhooks: Tables['webhooks'] = new Map()
  readonly eventConfigs: Tables['eventConfigs'] = new Map()
  readonly accessKeys: Tables['accessKeys'] = new Map()
  readonly subApps: Tables['subApps'] = new Map()
  readonly uploads: Tables['uploads'] = new Map()
  readonly admitted: Tables['admitted'] = new Map()
  readonly idempotencyKeys: Tables['idempotencyKeys'] = new Map()

  /** @returns a function that puts everything back as it is now */
  remember(): () => void {
    const restores = Object.values(this).map((table: Map<unknown, unknown>) => {
      const rows = [...table]
      return () => {
        table.clear()
        for (const [key, row] of rows) table.set(key, row)
      }
    })
    return () => {
      for (const restore of restores) restore()
    }
  }

  /** How many rows there are: what "nothing was stored" is asserted on. */
  get rowCount(): number {
    const sizes = Object.values(this).map((table: Map<unknown, unknown>) => table.size)
    return sizes.reduce((total, size) => total + size, 0)
  }
}
