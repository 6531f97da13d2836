import { Column, Entity, PrimaryColumn, Unique } from 'typeorm'

@Entity('event')
@Unique('event_of_state', ['subjectId', 'stateKey'])
export class EventEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'event_pk' })
  id!: string

  @Column('integer', { name: 'sub_app_id' })
  subAppId!: number

  @Column('text')
  dialect!: string

  /** A run or a media; no foreign key, for of a media that is gone there is an event too. */
  @Column('text', { name: 'subject_id' })
  subjectId!: string

  @Column('text', { name: 'state_key' })
  stateKey!: string

  /** Exactly what is delivered: text, because jsonb would reorder it. */
  @Column('text')
  body!: string

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date
}
