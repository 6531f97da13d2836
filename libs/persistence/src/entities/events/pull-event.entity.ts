import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm'
import { EventEntity } from './event.entity'

@Entity('pull_event')
@Index('pull_event_visible', ['subAppId', 'visibleAt'])
export class PullEventEntity {
  @PrimaryColumn('text', { name: 'event_id', primaryKeyConstraintName: 'pull_event_pk' })
  eventId!: string

  @OneToOne(() => EventEntity)
  @JoinColumn({ name: 'event_id', foreignKeyConstraintName: 'pull_event_event_fk' })
  event!: EventEntity

  @Column('integer', { name: 'sub_app_id' })
  subAppId!: number

  @Column('timestamptz', { name: 'visible_at' })
  visibleAt!: Date

  /** Of the latest pull; null before the first. */
  @Column('text', { nullable: true })
  handle!: string | null
}
