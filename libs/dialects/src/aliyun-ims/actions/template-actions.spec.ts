import { z } from 'zod'
import { openActions } from '../../../test/open-actions'
import { aliyunIms } from '../aliyun-ims.dialect'

const told = z.object({
  CustomTemplate: z.object({ TemplateId: z.string(), CreateTime: z.string(), ModifiedTime: z.string() }),
})

it('a template that is made is told with the times that it is kept with', async () => {
  const open = await openActions(aliyunIms, { clock: { nowMs: () => Date.parse('2026-01-02T03:04:05.600Z') } })
  const asked = { Name: 'n', Type: '2', TemplateConfig: '{"Type":"Normal","Count":1}' }
  const { CustomTemplate: made } = told.parse(await open.perform('CreateCustomTemplate', asked))
  expect(made).toMatchObject({ CreateTime: '2026-01-02T03:04:05Z', ModifiedTime: '2026-01-02T03:04:05Z' })
  const { TemplateId } = made
  expect(told.parse(await open.perform('GetCustomTemplate', { TemplateId })).CustomTemplate).toEqual(made)
})
