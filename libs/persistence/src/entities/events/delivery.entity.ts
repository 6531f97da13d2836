import type { DeliveryState } from '@libs/workflow'
import { Column, Entity, Index, JoinColumn, ManyToOne, OneToOne, PrimaryColumn } from 'typeorm'
import { EndpointEntity } from './endpoint.entity'
import { EventEntity } from './event.entity'
import { WebhookEntity } from './webhook.entity'

@Entity('delivery')
@Index('delivery_due', ['endpointId', 'dueAt'], { where: `(state = 'pending'::text)` })
@Index('delivery_sending', ['endpointId', 'dueAt'], { where: `(state = 'sending'::text)` })
@Index('delivery_of_webhook', ['webhookId'], { where: '(webhook_id IS NOT NULL)' })
@Index('delivery_listed', ['subAppId', 'state', 'eventId'])
export class DeliveryEntity {
  @PrimaryColumn('text', { name: 'event_id', primaryKeyConstraintName: 'delivery_pk' })
  eventId!: string

  @OneToOne(() => EventEntity)
  @JoinColumn({ name: 'event_id', foreignKeyConstraintName: 'delivery_event_fk' })
  event!: EventEntity

  @Column('integer', { name: 'sub_app_id' })
  subAppId!: number

  @Column('integer', { name: 'endpoint_id' })
  endpointId!: number

  @ManyToOne(() => EndpointEntity)
  @JoinColumn({ name: 'endpoint_id', foreignKeyConstraintName: 'delivery_endpoint_fk' })
  endpoint!: EndpointEntity

  /** The webhook that it is for; gone with it. */
  @Column('text', { name: 'webhook_id', nullable: true })
  webhookId!: string | null

  @ManyToOne(() => WebhookEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'webhook_id', foreignKeyConstraintName: 'delivery_webhook_fk' })
  webhook!: WebhookEntity | null

  @Column('text')
  state!: DeliveryState

  /** Place in the schedule; a redelivery begins anew. */
  @Column('smallint')
  attempt!: number

  /** Grows with every attempt: fences off those that lost their lease. */
  @Column('integer')
  token!: number

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
