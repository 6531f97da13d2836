import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm'

/** Where a sub-application's events are posted, and how it has answered since it last took one. */
@Entity('endpoint')
@Unique('endpoint_of_sub_app', ['subAppId', 'url'])
export class EndpointEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', primaryKeyConstraintName: 'endpoint_pk' })
  id!: number

  @Column('integer', { name: 'sub_app_id' })
  subAppId!: number

  @Column('text')
  url!: string

  @Column('integer', { name: 'failures_in_a_row', default: 0 })
  failuresInARow!: number

  @Column('timestamptz', { name: 'failing_since', nullable: true })
  failingSince!: Date | null

  /** No attempt before. */
  @Column('timestamptz', { name: 'resume_at', nullable: true })
  resumeAt!: Date | null

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null

  @Column('text', { name: 'disabled_reason', nullable: true })
  disabledReason!: string | null
}
