import { Column, Entity, PrimaryColumn } from 'typeorm'

/** The one row that janitors begin their passes by. */
@Entity('janitor_pass')
export class JanitorPassEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'janitor_pass_pk' })
  name!: string

  @Column('timestamptz', { name: 'begun_at' })
  begunAt!: Date
}
