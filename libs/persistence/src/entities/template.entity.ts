import type { TemplateName } from '@libs/tasks'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('template')
@Index('template_of_sub_app', ['subAppId', 'template', 'definition'])
export class TemplateEntity {
  /** From a sequence, so that a definition is never given twice, even after its template was deleted. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'template_pk' })
  definition!: number

  @Column('integer', { name: 'sub_app_id' })
  subAppId!: number

  @Column('text')
  template!: TemplateName

  @Column('text')
  name!: string

  @Column('text')
  comment!: string

  @Column('jsonb')
  settings!: unknown

  @Column('jsonb', { nullable: true })
  written!: unknown

  /** How long its results are kept; null: as long as the deployment says. */
  @Column('integer', { name: 'retain_results_days', nullable: true })
  retainResultsDays!: number | null

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date
}
