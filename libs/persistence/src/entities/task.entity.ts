import type { KindName } from '@libs/tasks'
import type { TaskState } from '@libs/workflow'
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { MediaEntity } from './media.entity'
import { RunEntity } from './run.entity'

@Entity('task')
@Index('task_of_run', ['runId'])
@Index('task_due', ['kind', 'subAppId', 'priority', 'dueAt'], {
  where: `((state = 'waiting'::text) AND (due_at IS NOT NULL) AND (queue IS NULL))`,
})
@Index('task_in_queue', ['subAppId', 'queue', 'kind', 'priority', 'dueAt'], {
  where: `((state = 'waiting'::text) AND (queue IS NOT NULL))`,
})
@Index('task_of_queue', ['subAppId', 'queue'], {
  where: `((state = 'dispatched'::text) AND (queue IS NOT NULL))`,
})
@Index('task_dispatched', ['lookAt'], { where: `(state = 'dispatched'::text)` })
@Index('task_of_media', ['mediaId'], { where: `((state = 'waiting'::text) AND (due_at IS NULL))` })
@Index('task_aborting', ['id'], { where: `((abort_asked_at IS NOT NULL) AND (finished_at IS NULL))` })
@Index('task_latest', ['mediaId', 'kind', 'definition', 'finishedAt'], {
  where: `((state = 'succeeded'::text) AND (discarded_at IS NULL))`,
})
export class TaskEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'task_pk' })
  id!: string

  @Column('text', { name: 'run_id' })
  runId!: string

  @ManyToOne(() => RunEntity)
  @JoinColumn({ name: 'run_id', foreignKeyConstraintName: 'task_run_fk' })
  run!: RunEntity

  @Column('integer', { name: 'sub_app_id' })
  subAppId!: number

  @Column('text', { name: 'media_id' })
  mediaId!: string

  @ManyToOne(() => MediaEntity)
  @JoinColumn({ name: 'media_id', foreignKeyConstraintName: 'task_media_fk' })
  media!: MediaEntity

  @Column('text')
  kind!: KindName

  @Column('smallint', { name: 'position' })
  index!: number

  @Column('integer', { nullable: true })
  definition!: number | null

  @Column('text')
  state!: TaskState

  @Column('integer')
  generation!: number

  @Column('smallint')
  tries!: number

  @Column('smallint', { name: 'progress_percent', default: 0 })
  progressPercent!: number

  /** Of how many `frames` it has pictures; both null until its worker has said so. */
  @Column('integer', { name: 'frames_done', nullable: true })
  framesDone!: number | null

  @Column('integer', { nullable: true })
  frames!: number | null

  @Column('smallint')
  priority!: number

  /** Its run's. */
  @Column('text', { nullable: true })
  queue!: string | null

  @Column('jsonb')
  settings!: unknown

  @Column('jsonb')
  request!: unknown

  @Column('jsonb', { nullable: true })
  output!: unknown

  @Column('jsonb', { nullable: true })
  fault!: unknown

  /** When a waiting task may be dispatched; null while its media is being ingested. */
  @Column('timestamptz', { name: 'due_at', nullable: true })
  dueAt!: Date | null

  /** In which it went at the queue when it was last dispatched. */
  @Column('integer', { nullable: true })
  turn!: number | null

  /** When to look for the job of a dispatched task. */
  @Column('timestamptz', { name: 'look_at', nullable: true })
  lookAt!: Date | null

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null

  /** When somebody asked for it to end before its time, and not its run. */
  @Column('timestamptz', { name: 'abort_asked_at', nullable: true })
  abortAskedAt!: Date | null

  /** When its pictures were given up: nobody is shown them any more. */
  @Column('timestamptz', { name: 'discarded_at', nullable: true })
  discardedAt!: Date | null
}
