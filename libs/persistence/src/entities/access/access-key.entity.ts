import type { KeyScope } from '@libs/workflow'
import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity('access_key')
export class AccessKeyEntity {
  @PrimaryColumn('text', { name: 'secret_id', primaryKeyConstraintName: 'access_key_pk' })
  secretId!: string

  @Column('text', { name: 'secret_key' })
  secretKey!: string

  @Column('integer', { name: 'sub_app_id' })
  subAppId!: number

  /** Null: all. */
  @Column('text', { array: true, nullable: true })
  scopes!: KeyScope[] | null

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date
}
