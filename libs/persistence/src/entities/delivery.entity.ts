import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm'
import { EventEntity } from './event.entity'

export type DeliveryState = 'pending' | 'delivered' | 'dead'

@Entity('delivery')
@Index('delivery_due', ['dueAt'], { where: `(state = 'pending'::text)` })
export class DeliveryEntity {
  @PrimaryColumn('text', { name: 'event_id', primaryKeyConstraintName: 'delivery_pk' })
  eventId!: string

  @OneToOne(() => EventEntity)
  @JoinColumn({ name: 'event_id', foreignKeyConstraintName: 'delivery_event_fk' })
  event!: EventEntity

  @Column('text')
  url!: string

  @Column('text')
  state!: DeliveryState

  @Column('smallint')
  attempt!: number

  /** The next attempt; while one is under way, the end of its lease. */
  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date

  @Column('smallint', { name: 'last_status', nullable: true })
  lastStatus!: number | null

  @Column('text', { name: 'last_reason', nullable: true })
  lastReason!: string | null

  @Column('timestamptz', { name: 'delivered_at', nullable: true })
  deliveredAt!: Date | null
}
