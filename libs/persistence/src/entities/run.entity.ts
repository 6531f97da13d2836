import type { NotifyMode, RunState, RunType } from '@libs/workflow'
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { MediaEntity } from './media.entity'

@Entity('run')
@Index('run_created', ['subAppId', 'createdAt', 'id'])
@Index('run_finished', ['subAppId', 'finishedAt', 'id'])
@Index('run_open', ['subAppId', 'state', 'createdAt', 'id'], {
  where: `(state = ANY (ARRAY['waiting'::text, 'processing'::text]))`,
})
@Index('run_of_media', ['mediaId', 'createdAt', 'id'])
@Index('run_aborting', ['id'], { where: `((abort_asked_at IS NOT NULL) AND (finished_at IS NULL))` })
export class RunEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'run_pk' })
  id!: string

  @Column('integer', { name: 'sub_app_id' })
  subAppId!: number

  @Column('text')
  type!: RunType

  @Column('text', { name: 'media_id' })
  mediaId!: string

  @ManyToOne(() => MediaEntity)
  @JoinColumn({ name: 'media_id', foreignKeyConstraintName: 'run_media_fk' })
  media!: MediaEntity

  @Column('text')
  dialect!: string

  @Column('text', { name: 'procedure_name', nullable: true })
  procedureName!: string | null

  @Column('text', { name: 'next_run_id', nullable: true })
  nextRunId!: string | null

  @Column('text')
  state!: RunState

  @Column('text', { name: 'notify_mode', nullable: true })
  notifyMode!: NotifyMode | null

  @Column('smallint')
  priority!: number

  @Column('text', { nullable: true })
  queue!: string | null

  @Column('text', { name: 'callback_url', nullable: true })
  callbackUrl!: string | null

  @Column('text', { name: 'session_context' })
  sessionContext!: string

  @Column('text', { name: 'user_data', nullable: true })
  userData!: string | null

  /** What was asked, in the words of the run's dialect. */
  @Column('text', { nullable: true })
  written!: string | null

  /** Of the call that made it. */
  @Column('text', { name: 'request_id', nullable: true })
  requestId!: string | null

  @Column('text', { nullable: true })
  traceparent!: string | null

  @Column('text', { name: 'session_id' })
  sessionId!: string

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null

  /** When somebody asked for it to end before its time. */
  @Column('timestamptz', { name: 'abort_asked_at', nullable: true })
  abortAskedAt!: Date | null
}
