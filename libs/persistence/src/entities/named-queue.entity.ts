import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity('named_queue')
export class NamedQueueEntity {
  @PrimaryColumn('integer', { name: 'sub_app_id', primaryKeyConstraintName: 'named_queue_pk' })
  subAppId!: number

  @PrimaryColumn('text', { primaryKeyConstraintName: 'named_queue_pk' })
  name!: string

  @Column('text')
  comment!: string

  /** Null where nothing limits its tasks. */
  @Column('integer', { name: 'task_limit', nullable: true })
  limit!: number | null

  @Column('smallint')
  priority!: number

  @Column('boolean')
  paused!: boolean

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date
}
