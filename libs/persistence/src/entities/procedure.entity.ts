import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity('procedure')
export class ProcedureEntity {
  @PrimaryColumn('integer', { name: 'sub_app_id', primaryKeyConstraintName: 'procedure_pk' })
  subAppId!: number

  @PrimaryColumn('text', { primaryKeyConstraintName: 'procedure_pk' })
  name!: string

  @Column('text')
  comment!: string

  @Column('jsonb')
  tasks!: unknown

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date
}
