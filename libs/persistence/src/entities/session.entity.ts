import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('session')
@Index('session_age', ['createdAt'])
export class SessionEntity {
  @PrimaryColumn('integer', { name: 'sub_app_id', primaryKeyConstraintName: 'session_pk' })
  subAppId!: number

  @PrimaryColumn('text', { primaryKeyConstraintName: 'session_pk' })
  scope!: string

  @PrimaryColumn('text', { name: 'session_id', primaryKeyConstraintName: 'session_pk' })
  sessionId!: string

  @Column('text', { name: 'run_id' })
  runId!: string

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date
}
