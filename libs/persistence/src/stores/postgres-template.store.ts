import type { SubAppId } from '@libs/kernel'
import { type TemplateName, templateSettings } from '@libs/tasks'
import { type NewTemplate, type Template, type TemplateQuery, TemplateStore } from '@libs/workflow'
import { type EntityManager, In } from 'typeorm'
import { z } from 'zod'
import { TemplateEntity } from '../entities/template.entity'

const writtenSettings = z.object({ dialect: z.string(), text: z.string() })

function toTemplate<Name extends TemplateName>(template: Name, row: TemplateEntity): Template<Name> {
  const { definition, name, comment, createdAt, updatedAt } = row
  const settings = templateSettings[template].parse(row.settings)
  const written = row.written === null ? {} : { written: writtenSettings.parse(row.written) }
  const kept = row.retainResultsDays === null ? {} : { retainResultsDays: row.retainResultsDays }
  const facts = { definition, type: 'custom', name, comment, settings, ...written, ...kept, createdAt, updatedAt }
  // The compiler cannot see that the schema was the one of this very template.
  return { template, ...facts } as Template<Name>
}

export class PostgresTemplateStore extends TemplateStore {
  constructor(private readonly manager: EntityManager) {
    super()
  }

  override async insert<Name extends TemplateName>(
    subAppId: SubAppId,
    { template, name, comment, settings, written, retainResultsDays }: NewTemplate<Name>,
    at: Date,
  ): Promise<number> {
    const [row] = await this.manager.query<{ definition: number }[]>(
      `insert into template (definition, sub_app_id, template, name, comment, settings, created_at, updated_at, written,
         retain_results_days)
       values (nextval('template_definition'), $1, $2, $3, $4, $5, $6, $6, $7, $8) returning definition`,
      [subAppId, template, name, comment, settings, at, written, retainResultsDays],
    )
    if (row === undefined) throw new Error('The insert returned no row.')
    return row.definition
  }

  override async countForInsert(subAppId: SubAppId, template: TemplateName): Promise<number> {
    await this.manager.query('select pg_advisory_xact_lock(hashtext($1), $2)', [`template ${template}`, subAppId])
    return this.manager.countBy(TemplateEntity, { subAppId, template })
  }

  override async findForChange<Name extends TemplateName>(
    subAppId: SubAppId,
    { template, definition }: { readonly template: Name; readonly definition: number },
  ): Promise<Template<Name> | undefined> {
    const row = await this.manager.findOne(TemplateEntity, {
      where: { subAppId, template, definition },
      lock: { mode: 'pessimistic_write' },
    })
    return row === null ? undefined : toTemplate(template, row)
  }

  override async replace<Name extends TemplateName>(
    definition: number,
    { name, comment, settings, written, retainResultsDays }: NewTemplate<Name>,
    at: Date,
  ): Promise<void> {
    await this.manager.query(
      `update template set name = $2, comment = $3, settings = $4, updated_at = $5, written = $6, retain_results_days = $7
       where definition = $1`,
      [definition, name, comment, settings, at, written, retainResultsDays],
    )
  }

  override async remove(
    subAppId: SubAppId,
    { template, definition }: { readonly template: TemplateName; readonly definition: number },
  ): Promise<void> {
    await this.manager.delete(TemplateEntity, { subAppId, template, definition })
  }

  override async list<Name extends TemplateName>(
    subAppId: SubAppId,
    { template, definitions }: TemplateQuery<Name>,
  ): Promise<readonly Template<Name>[]> {
    const rows = await this.manager.find(TemplateEntity, {
      where: { subAppId, template, ...(definitions && { definition: In([...definitions]) }) },
      order: { definition: 'asc' },
    })
    return rows.map((row) => toTemplate(template, row))
  }
}
