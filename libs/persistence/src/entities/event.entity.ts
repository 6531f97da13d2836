import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm'
import { RunEntity } from './run.entity'

@Entity('event')
@Unique('event_of_state', ['runId', 'stateKey'])
export class EventEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'event_pk' })
  id!: string

  @Column('integer', { name: 'sub_app_id' })
  subAppId!: number

  @Column('text', { name: 'run_id' })
  runId!: string

  @ManyToOne(() => RunEntity)
  @JoinColumn({ name: 'run_id', foreignKeyConstraintName: 'event_run_fk' })
  run!: RunEntity

  @Column('text', { name: 'state_key' })
  stateKey!: string

  /** Exactly what is delivered: text, because jsonb would reorder it. */
  @Column('text')
  body!: string

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date
}
