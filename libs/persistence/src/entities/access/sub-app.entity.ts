import type { SubAppState } from '@libs/workflow'
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

@Entity('sub_app')
export class SubAppEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', primaryKeyConstraintName: 'sub_app_pk' })
  id!: number

  @Column('text')
  name!: string

  @Column('text')
  description!: string

  @Column('text')
  state!: SubAppState

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date
}
