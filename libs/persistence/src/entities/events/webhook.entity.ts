import type { EventType } from '@libs/workflow'
import { Column, Entity, PrimaryColumn, Unique } from 'typeorm'

@Entity('webhook')
@Unique('webhook_of_url', ['subAppId', 'url'])
export class WebhookEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'webhook_pk' })
  id!: string

  @Column('integer', { name: 'sub_app_id' })
  subAppId!: number

  @Column('text')
  url!: string

  @Column('text', { array: true })
  types!: EventType[]

  @Column('text')
  comment!: string

  @Column('text')
  secret!: string

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date
}
