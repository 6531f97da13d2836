import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** A signed request that was let in, until its time is over. */
@Entity('admitted')
@Index('admitted_expiry', ['expiresAt'])
export class AdmittedEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'admitted_pk' })
  digest!: string

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date
}
