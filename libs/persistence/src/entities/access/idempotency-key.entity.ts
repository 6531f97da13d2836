import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('idempotency_key')
@Index('idempotency_key_age', ['createdAt'])
export class IdempotencyKeyEntity {
  @PrimaryColumn('integer', { name: 'sub_app_id', primaryKeyConstraintName: 'idempotency_key_pk' })
  subAppId!: number

  @PrimaryColumn('text', { name: 'secret_id', primaryKeyConstraintName: 'idempotency_key_pk' })
  secretId!: string

  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_key_pk' })
  key!: string

  @Column('text')
  digest!: string

  @Column('jsonb', { nullable: true })
  answer!: unknown

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date
}
