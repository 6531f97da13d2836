import type { EventConfig } from '@libs/workflow'
import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity('event_config')
export class EventConfigEntity {
  @PrimaryColumn('integer', { name: 'sub_app_id', primaryKeyConstraintName: 'event_config_pk' })
  subAppId!: number

  @Column('text')
  mode!: EventConfig['mode']

  @Column('text')
  url!: string

  @Column('boolean', { name: 'tells_uploads' })
  tellsUploads!: boolean

  @Column('boolean', { name: 'tells_deletions' })
  tellsDeletions!: boolean

  @Column('boolean', { name: 'tells_persistence' })
  tellsPersistence!: boolean

  @Column('text', { name: 'sign_key' })
  signKey!: string

  @Column('text')
  secret!: string
}
