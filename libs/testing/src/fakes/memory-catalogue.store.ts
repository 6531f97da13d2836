import type { SubAppId } from '@libs/kernel'
import type { TemplateName } from '@libs/tasks'
import {
  firstCustomDefinition,
  type NewTemplate,
  type Procedure,
  ProcedureStore,
  type Template,
  type TemplateQuery,
  TemplateStore,
} from '@libs/workflow'
import type { MemoryTables } from './memory-tables'

export class MemoryTemplateStore extends TemplateStore {
  private next = firstCustomDefinition

  constructor(private readonly tables: MemoryTables) {
    super()
  }

  override async insert<Name extends TemplateName>(
    subAppId: SubAppId,
    template: NewTemplate<Name>,
    at: Date,
  ): Promise<number> {
    const definition = this.next++
    // The compiler cannot see that name and settings are of one kind of template.
    const stored = { ...template, definition, type: 'custom', createdAt: at, updatedAt: at } as unknown
    this.tables.templates.set(definition, { subAppId, template: stored as Template })
    return definition
  }

  override async countForInsert(subAppId: SubAppId, template: TemplateName): Promise<number> {
    return (await this.list(subAppId, { template, definitions: undefined })).length
  }

  override async findForChange<Name extends TemplateName>(
    subAppId: SubAppId,
    { template, definition }: { readonly template: Name; readonly definition: number },
  ): Promise<Template<Name> | undefined> {
    const [found] = await this.list(subAppId, { template, definitions: [definition] })
    return found
  }

  override async replace<Name extends TemplateName>(
    definition: number,
    template: NewTemplate<Name>,
    at: Date,
  ): Promise<void> {
    const row = this.tables.templates.get(definition)
    if (row === undefined) return
    // The compiler cannot see that both are of one kind of template.
    const changed = {
      ...row.template,
      written: undefined,
      retainResultsDays: undefined,
      ...template,
      updatedAt: at,
    } as unknown
    this.tables.templates.set(definition, { ...row, template: changed as Template })
  }

  override async remove(
    subAppId: SubAppId,
    id: { readonly template: TemplateName; readonly definition: number },
  ): Promise<void> {
    if ((await this.findForChange(subAppId, id)) !== undefined) this.tables.templates.delete(id.definition)
  }

  override async list<Name extends TemplateName>(
    subAppId: SubAppId,
    { template: name, definitions }: TemplateQuery<Name>,
  ): Promise<readonly Template<Name>[]> {
    const found: readonly unknown[] = [...this.tables.templates.values()]
      .filter((row) => row.subAppId === subAppId)
      .map(({ template }) => template)
      .filter(({ template, definition }) => template === name && (definitions?.includes(definition) ?? true))
    // The compiler cannot see that what was filtered by name is of that name.
    return found as readonly Template<Name>[]
  }
}

export class MemoryProcedureStore extends ProcedureStore {
  constructor(private readonly tables: MemoryTables) {
    super()
  }

  override async insert(subAppId: SubAppId, procedure: Procedure): Promise<boolean> {
    const key = `${subAppId}/${procedure.name}`
    if (this.tables.procedures.has(key)) return false
    this.tables.procedures.set(key, { subAppId, procedure })
    return true
  }

  override async countForInsert(subAppId: SubAppId): Promise<number> {
    return (await this.list(subAppId, undefined)).length
  }

  override async findForChange(subAppId: SubAppId, name: string): Promise<Procedure | undefined> {
    return this.find(subAppId, name)
  }

  override async replace(
    subAppId: SubAppId,
    { name, comment, tasks }: Pick<Procedure, 'name' | 'comment' | 'tasks'>,
    at: Date,
  ): Promise<void> {
    const key = `${subAppId}/${name}`
    const row = this.tables.procedures.get(key)
    if (row === undefined) return
    this.tables.procedures.set(key, { subAppId, procedure: { ...row.procedure, comment, tasks, updatedAt: at } })
  }

  override async remove(subAppId: SubAppId, name: string): Promise<void> {
    this.tables.procedures.delete(`${subAppId}/${name}`)
  }

  override async find(subAppId: SubAppId, name: string): Promise<Procedure | undefined> {
    return this.tables.procedures.get(`${subAppId}/${name}`)?.procedure
  }

  override async list(subAppId: SubAppId, names: readonly string[] | undefined): Promise<readonly Procedure[]> {
    return [...this.tables.procedures.values()]
      .filter((row) => row.subAppId === subAppId)
      .map(({ procedure }) => procedure)
      .filter(({ name }) => names === undefined || names.includes(name))
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
  }
}
