import { SourceStore } from '@libs/tasks'
import { RegisterMedia } from '@libs/workflow'
import { Module } from '@nestjs/common'
import { MulterModule } from '@nestjs/platform-express'
import { AccessKeysController } from './access/access-keys-controller'
import { SubAppsController } from './access/sub-apps-controller'
import { BasicAuth } from './basic-auth'
import { DeliveriesController } from './events/deliveries-controller'
import { EventConfigController } from './events/event-config-controller'
import { EventsController } from './events/events-controller'
import { WebhooksController } from './events/webhooks-controller'
import { FilesController } from './files/files-controller'
import { BucketHookController } from './hooks/bucket-hook-controller'
import { TusdHookController } from './hooks/tusd-hook-controller'
import { MediaCatalogueController } from './media/media-catalogue-controller'
import { MediaController } from './media/media-controller'
import { SourceUpload } from './media/source-upload'
import { ProceduresController } from './procedures/procedures-controller'
import { QueuesController } from './queues/queues-controller'
import { RunsController } from './runs/runs-controller'
import { RunEventsController } from './runs/watching/run-events-controller'
import { TasksController } from './tasks/tasks-controller'
import { TemplatesCatalogueController } from './templates/templates-catalogue-controller'
import { TemplatesController } from './templates/templates-controller'
import { WatermarksController } from './templates/watermarks-controller'
import { ResumableDoor } from './uploads/resumable/resumable-door'
import { ResumableUploadsController } from './uploads/resumable/resumable-uploads-controller'
import { UploadsController } from './uploads/uploads-controller'
import { UnknownRouteController } from './unknown-route-controller'

const uploads = MulterModule.registerAsync({
  inject: [SourceStore, RegisterMedia],
  useFactory: (sources: SourceStore, registerMedia: RegisterMedia) => ({
    storage: new SourceUpload(sources, registerMedia),
    limits: { files: 1, fields: 20, fieldSize: 64 * 1024, fieldNestingDepth: 0 },
    defParamCharset: 'utf8',
  }),
})

/** Needs the use cases for callers, `SourceStore`, `FileUrls`, `StoredFiles`, `GrowingFiles` and `ObjectUrls` from global modules; `mountRest` opens the door. */
@Module({
  imports: [uploads],
  providers: [BasicAuth, ResumableDoor],
  controllers: [
    FilesController,
    MediaController,
    MediaCatalogueController,
    WatermarksController,
    TemplatesController,
    TemplatesCatalogueController,
    ProceduresController,
    QueuesController,
    RunsController,
    RunEventsController,
    TasksController,
    EventsController,
    EventConfigController,
    WebhooksController,
    DeliveriesController,
    SubAppsController,
    AccessKeysController,
    UploadsController,
    ResumableUploadsController,
    TusdHookController,
    BucketHookController,
    UnknownRouteController,
  ],
})
export class RestModule {}
