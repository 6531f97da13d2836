import { Clock } from '@libs/kernel'
import { ImageNormalizer, SourceStore } from '@libs/tasks'
import { Global, Module, type Provider, type Type } from '@nestjs/common'
import { AdmitOnce } from './access/admit-once'
import { AdmitSoon } from './access/admit-soon'
import { EnterSubApp } from './access/enter-sub-app'
import { FindAccessKey } from './access/find-access-key'
import { ManageAccessKeys } from './access/manage-access-keys'
import { ManageSubApps } from './access/manage-sub-apps'
import { ProveCaller } from './access/prove-caller'
import { ConfirmEvents } from './events/confirm-events'
import { CountEvents } from './events/count-events'
import { DeliverDue } from './events/delivering/deliver-due'
import { ListDeliveries, Redeliver } from './events/delivering/redeliver'
import { DescribeEndpoint, DescribeEventConfig, ModifyEventConfig } from './events/event-config'
import { ForgetUnpulled } from './events/forget-unpulled'
import { ManageWebhooks } from './events/webhooks/manage-webhooks'
import { PullEvents } from './events/pull-events'
import { ChangeMedia } from './media/change-media'
import { DeleteMedia } from './media/delete-media'
import { DescribePull } from './media/describe-pull'
import { DescribeMedia, SearchMedia } from './media/describe-media'
import { ExpireMedia, RemoveDeleted } from './media/remove-deleted'
import { RegisterMedia } from './media/register-media'
import { FollowBucket } from './media/elsewhere/follow-bucket'
import { TakeFinished } from './media/elsewhere/take-finished'
import { Dispatcher } from './ports/dispatcher.port'
import { Doorbell } from './ports/doorbell.port'
import { EventRenderer } from './ports/event-renderer.port'
import { EventSender } from './ports/event-sender.port'
import { FailedAuth } from './ports/failed-auth.port'
import { FirstSeen } from './ports/first-seen.port'
import { GrowingFiles } from './ports/files/growing-files.port'
import { ObjectUrls } from './ports/files/object-urls.port'
import { StoredFiles } from './ports/stored-files.port'
import { SubAppWork, UnitOfWork } from './ports/stores/unit-of-work.port'
import { UploadUrls } from './ports/files/upload-urls.port'
import { ApplyUpload } from './uploads/apply-upload'
import { BeginUpload } from './uploads/begin-upload'
import { CommitUpload } from './uploads/commit-upload'
import { ForgetUploads } from './uploads/forget-uploads'
import { GrowUpload } from './uploads/grow-upload'
import { HoldUploads } from './uploads/hold-uploads'
import { ReceiveUpload } from './uploads/receive-upload'
import { RetentionRules } from './retention/retention-rules'
import { RetentionStore } from './retention/retention.store.port'
import { SweepDaily } from './retention/sweep-daily'
import { SweepDue } from './retention/sweep-due'
import { SweepOrphans } from './retention/sweep-orphans'
import { CreateProcedure, DeleteProcedure, ResetProcedure } from './procedures/keep-procedure'
import { DescribeProcedures } from './procedures/describe-procedures'
import { ManageQueues } from './queues/manage-queues'
import { ForgetRepeats } from './repeats/forget-repeats'
import { AbortRun } from './runs/abort-run'
import { DescribeRun } from './runs/describe-run'
import { DispatchDue } from './runs/dispatching/dispatch-due'
import { QueueDepths } from './runs/dispatching/queue-depths'
import { MeasureBacklog } from './runs/dispatching/measure-backlog'
import { RecordProgress } from './runs/dispatching/record-progress'
import { Reconcile } from './runs/dispatching/reconcile'
import { ListRuns } from './runs/list-runs'
import { ProcessMedia } from './runs/process-media'
import { WaitingRoom } from './runs/waiting-room'
import { AbortTask } from './runs/tasks/abort-task'
import { ListTasks } from './runs/tasks/list-tasks'
import { RetryTask } from './runs/tasks/retry-task'
import { WatchRuns } from './runs/watching/watch-runs'
import { SettleAborts } from './runs/settling/settle-aborts'
import { SettleTasks } from './runs/settling/settle-tasks'
import { ChangeTemplate, DeleteTemplate } from './templates/change-template'
import { CreateTemplate } from './templates/create-template'
import { DescribeTemplates } from './templates/describe-templates'
import { ChangeWatermark, CreateWatermark } from './watermarks/keep-watermark'
import { WatermarkImages } from './watermarks/watermark-images'

/** A class by its constructor's parameters, in order: use cases know no Nest, so nothing is read off decorators. */
type Token = Type | (abstract new (...parameters: never[]) => object)

function provide<Parameters extends unknown[]>(
  useCase: new (...parameters: Parameters) => object,
  inject: readonly Token[] & { readonly length: Parameters['length'] },
): Provider {
  return {
    provide: useCase,
    useFactory: (...parameters: Parameters) => new useCase(...parameters),
    inject: [...inject],
  }
}

function moduleProviders(providers: readonly Provider[]) {
  return { providers: [...providers], exports: [...providers] }
}

/** Callers are let in by it, and the conductor has it forget. */
const admitOnce = provide(AdmitOnce, [UnitOfWork, Clock])

/** Who is given UnitOfWork here finds out which sub-application a caller is in, or is for those who manage them. */
const forCallers = [
  provide(ProveCaller, [FindAccessKey, FailedAuth]),
  provide(AdmitSoon, [FirstSeen, Clock]),
  provide(FindAccessKey, [UnitOfWork, Clock]),
  admitOnce,
  provide(EnterSubApp, [UnitOfWork, Clock]),
  provide(ManageSubApps, [UnitOfWork, Clock]),
  provide(ManageAccessKeys, [SubAppWork, Clock]),
  provide(CreateTemplate, [SubAppWork, Clock]),
  provide(ChangeTemplate, [SubAppWork, Clock]),
  provide(DeleteTemplate, [SubAppWork]),
  provide(DescribeTemplates, [SubAppWork]),
  provide(WatermarkImages, [ImageNormalizer, SourceStore]),
  provide(CreateWatermark, [CreateTemplate, WatermarkImages]),
  provide(ChangeWatermark, [ChangeTemplate, WatermarkImages]),
  provide(CreateProcedure, [SubAppWork, Clock]),
  provide(ResetProcedure, [SubAppWork, Clock]),
  provide(DeleteProcedure, [SubAppWork]),
  provide(DescribeProcedures, [SubAppWork]),
  provide(ManageQueues, [SubAppWork, Clock, Doorbell]),
  provide(RegisterMedia, [SubAppWork, Clock, Doorbell, WaitingRoom]),
  provide(TakeFinished, [RegisterMedia]),
  provide(FollowBucket, [SubAppWork, Clock, Doorbell, ObjectUrls, TakeFinished]),
  provide(ApplyUpload, [SubAppWork, Clock, UploadUrls]),
  provide(ReceiveUpload, [UnitOfWork, Clock, SourceStore, StoredFiles]),
  provide(CommitUpload, [SubAppWork, RegisterMedia, StoredFiles, GrowingFiles]),
  provide(BeginUpload, [SubAppWork, Clock, GrowingFiles]),
  provide(GrowUpload, [SubAppWork, Clock, GrowingFiles, CommitUpload]),
  provide(HoldUploads, [SubAppWork, Clock]),
  provide(DescribeMedia, [SubAppWork]),
  provide(DescribePull, [SubAppWork]),
  provide(ListRuns, [SubAppWork]),
  provide(SearchMedia, [SubAppWork]),
  provide(ChangeMedia, [SubAppWork, Clock, SourceStore]),
  provide(DeleteMedia, [SubAppWork, Clock, Doorbell]),
  provide(ProcessMedia, [SubAppWork, Clock, Doorbell, WaitingRoom]),
  provide(DescribeRun, [SubAppWork]),
  provide(ListTasks, [SubAppWork]),
  provide(AbortTask, [SubAppWork, Clock, Doorbell]),
  provide(RetryTask, [SubAppWork, Clock, Doorbell, WaitingRoom]),
  provide(WatchRuns, [SubAppWork, DescribeRun]),
  provide(AbortRun, [SubAppWork, Clock, Doorbell]),
  provide(DescribeEventConfig, [SubAppWork]),
  provide(DescribeEndpoint, [SubAppWork]),
  provide(ModifyEventConfig, [SubAppWork]),
  provide(ManageWebhooks, [SubAppWork, Clock, Doorbell]),
  provide(ListDeliveries, [SubAppWork]),
  provide(Redeliver, [SubAppWork, Clock]),
  provide(PullEvents, [SubAppWork, Clock, Doorbell]),
  provide(ConfirmEvents, [SubAppWork, Clock]),
  provide(CountEvents, [SubAppWork]),
]

/** Whoever sweeps removes the files of what it gives up, too. */
const forJanitor = [
  provide(RemoveDeleted, [UnitOfWork, Clock, StoredFiles, EventRenderer, Doorbell]),
  provide(SweepDue, [RetentionStore, Clock, RetentionRules]),
  provide(SweepOrphans, [RetentionStore, Clock, StoredFiles]),
]

const forConductor = [
  ...forJanitor,
  provide(SweepDaily, [RetentionStore, Clock, SweepDue, SweepOrphans]),
  provide(SettleTasks, [UnitOfWork, Clock, EventRenderer, Doorbell]),
  provide(QueueDepths, [Clock]),
  provide(SettleAborts, [UnitOfWork, Clock, Dispatcher, EventRenderer, Doorbell]),
  provide(DispatchDue, [UnitOfWork, Clock, Dispatcher, SettleTasks, QueueDepths]),
  provide(Reconcile, [UnitOfWork, Clock, Dispatcher, SettleTasks, Doorbell]),
  provide(RecordProgress, [UnitOfWork, Dispatcher, QueueDepths]),
  provide(MeasureBacklog, [UnitOfWork, Clock]),
  provide(ForgetUnpulled, [UnitOfWork, Clock]),
  provide(ForgetRepeats, [UnitOfWork, Clock]),
  admitOnce,
  provide(ForgetUploads, [UnitOfWork, Clock, StoredFiles, GrowingFiles]),
  provide(ExpireMedia, [UnitOfWork, Clock, Doorbell]),
  provide(DeliverDue, [UnitOfWork, Clock, EventRenderer, EventSender, Doorbell]),
]

/** What callers ask for. Needs UnitOfWork, SubAppWork, Clock, Doorbell, WaitingRoom, SourceStore and ImageNormalizer from global modules. */
@Global()
@Module(moduleProviders(forCallers))
export class CallerUseCases {}

/** What moves accepted runs onward. Needs Dispatcher, EventRenderer, EventSender, StoredFiles, GrowingFiles, RetentionStore and RetentionRules as well. */
@Global()
@Module(moduleProviders(forConductor))
export class ConductorUseCases {}

/** One sweep by hand. Needs UnitOfWork, Clock, Doorbell, EventRenderer, StoredFiles, RetentionStore and RetentionRules. */
@Global()
@Module(moduleProviders(forJanitor))
export class JanitorUseCases {}
