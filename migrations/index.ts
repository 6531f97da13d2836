import { CreateSchema1795219200000 } from './1795219200000-create-schema'
import { AddProgressAndAbort1795478400000 } from './1795478400000-add-progress-and-abort'
import { TellOfMedia1795741200000 } from './1795741200000-tell-of-media'
import { AdmitOnce1795744800000 } from './1795744800000-admit-once'
import { DivideIntoSubApps1795744800001 } from './1795744800001-divide-into-sub-apps'
import { DescribeMedia1795748400000 } from './1795748400000-describe-media'
import { WatchEndpoints1795752000000 } from './1795752000000-watch-endpoints'
import { AnnounceUploads1795755600000 } from './1795755600000-announce-uploads'
import { WallOffSubApps1795760000000 } from './1795760000000-wall-off-sub-apps'
import { SayWhereToTell1795768000000 } from './1795768000000-say-where-to-tell'
import { ReferToMedia1795769000000 } from './1795769000000-refer-to-media'
import { GiveDataBack1795772000000 } from './1795772000000-give-data-back'
import { ProbeForReadiness1795776000000 } from './1795776000000-probe-for-readiness'
import { NameQueues1795780000000 } from './1795780000000-name-queues'
import { KeepWordsOfRuns1795781000000 } from './1795781000000-keep-words-of-runs'
import { AbortTasks1795786000000 } from './1795786000000-abort-tasks'
import { KeepForATime1795787000000 } from './1795787000000-keep-for-a-time'
import { GrowUploads1795788000000 } from './1795788000000-grow-uploads'
import { KeepIdempotencyKeys1795790000000 } from './1795790000000-keep-idempotency-keys'
import { SayWhatKeysAreFor1795800000005 } from './1795800000005-say-what-keys-are-for'
import { TellSeveralWebhooks1795790000001 } from './1795790000001-tell-several-webhooks'
import { TraceRequests1795800000001 } from './1795800000001-trace-requests'
import { CountFrames1795800000002 } from './1795800000002-count-frames'
import { ForgetSessions1795800000006 } from './1795800000006-forget-sessions'
import { TraceRuns1795800000011 } from './1795800000011-trace-runs'
import { GiveTurns1795810000000 } from './1795810000000-give-turns'

/** Every change of the schema, oldest first. A merged one is never edited. */
export const migrations = [
  CreateSchema1795219200000,
  AddProgressAndAbort1795478400000,
  TellOfMedia1795741200000,
  AdmitOnce1795744800000,
  DivideIntoSubApps1795744800001,
  DescribeMedia1795748400000,
  WatchEndpoints1795752000000,
  AnnounceUploads1795755600000,
  WallOffSubApps1795760000000,
  SayWhereToTell1795768000000,
  ReferToMedia1795769000000,
  GiveDataBack1795772000000,
  ProbeForReadiness1795776000000,
  NameQueues1795780000000,
  KeepWordsOfRuns1795781000000,
  AbortTasks1795786000000,
  KeepForATime1795787000000,
  GrowUploads1795788000000,
  KeepIdempotencyKeys1795790000000,
  TellSeveralWebhooks1795790000001,
  TraceRequests1795800000001,
  CountFrames1795800000002,
  SayWhatKeysAreFor1795800000005,
  ForgetSessions1795800000006,
  TraceRuns1795800000011,
  GiveTurns1795810000000,
]
