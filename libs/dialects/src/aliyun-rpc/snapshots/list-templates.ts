import { AppError, type SubAppId } from '@libs/kernel'
import type { DescribeTemplates, Template } from '@libs/workflow'
import type { TemplateId } from './template-id'

export type SnapshotTemplate = Template<'sampleSnapshot'> | Template<'imageSprite'>

/** The vendor's list has no pages. */
const all = { definitions: undefined, type: 'custom', offset: 0, limit: 1000 } as const

/** @returns by ascending definition */
export async function listTemplates(
  describe: DescribeTemplates,
  subAppId: SubAppId,
  definitions?: readonly number[],
): Promise<readonly SnapshotTemplate[]> {
  const query = { ...all, definitions }
  const samples = await describe.execute(subAppId, { ...query, template: 'sampleSnapshot' })
  const sprites = await describe.execute(subAppId, { ...query, template: 'imageSprite' })
  const found: readonly SnapshotTemplate[] = [...samples.items, ...sprites.items]
  return found.toSorted((a, b) => a.definition - b.definition)
}

/** @param field the vendor's name of the id. @throws AppError `template.notFound` */
export async function findTemplate(
  describe: DescribeTemplates,
  subAppId: SubAppId,
  { template, definition }: TemplateId,
  field: string,
): Promise<SnapshotTemplate> {
  const found = (await listTemplates(describe, subAppId, [definition])).find((one) => one.template === template)
  if (found !== undefined) return found
  throw new AppError('template.notFound', `There is no template ${definition}.`, { field })
}
