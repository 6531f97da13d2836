import type { SubAppId } from '@libs/kernel'
import { ManageSubApps } from '@libs/workflow'
import { Body, Get, Param, Patch, Post, Query } from '@nestjs/common'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { Home } from '../caller'
import { paging, text } from '../fields'
import { exampleIds } from '../openapi/example-ids'
import { Operation } from '../openapi/operation'
import { moment, pageView, type View } from '../openapi/view'
import { RestController } from '../rest-controller'
import { parseSubAppId } from './sub-app-id'

const longestName = 40
const longestDescription = 300

class CreateSubAppBody extends createZodDto(
  z.strictObject({ name: text(longestName).min(1), description: text(longestDescription).default('') }),
) {}

class ChangeSubAppBody extends createZodDto(
  z
    .strictObject({
      name: text(longestName).min(1),
      description: text(longestDescription),
      state: z.enum(['on', 'off', 'destroyed']),
    })
    .partial(),
) {}

class ListSubAppsQuery extends createZodDto(z.strictObject({ ...paging, name: text(longestName).optional() })) {}

const subAppView = z
  .object({
    id: z.int(),
    name: z.string(),
    description: z.string(),
    state: z.enum(['on', 'off', 'destroyed']),
    createdAt: moment,
  })
  .meta({ id: 'SubApp' })

const subAppPage = pageView('SubAppPage', subAppView)

/** Sub-applications, for keys of the main one. */
@RestController('sub-apps', { acting: 'admin' })
export class SubAppsController {
  constructor(private readonly manageSubApps: ManageSubApps) {}

  @Post()
  @Operation({
    summary: 'Make a sub-application',
    status: 201,
    answers: subAppView,
    refuses: ['auth.forbidden', 'subApp.limitReached'],
    example: { body: { name: 'staging', description: 'Where things are tried.' } },
  })
  create(@Home() home: SubAppId, @Body() about: CreateSubAppBody): Promise<View<typeof subAppView>> {
    return this.manageSubApps.create(home, about)
  }

  @Get()
  @Operation({ summary: 'List sub-applications', answers: subAppPage, example: { query: { name: 'shop' } } })
  list(@Home() home: SubAppId, @Query() query: ListSubAppsQuery): Promise<View<typeof subAppPage>> {
    return this.manageSubApps.describe(home, query)
  }

  @Patch(':id')
  @Operation({
    summary: 'Rename a sub-application, or switch it off or on',
    answers: subAppView,
    refuses: ['auth.forbidden', 'subApp.notFound'],
    example: { path: { id: exampleIds.subAppId }, body: { state: 'off' } },
  })
  change(
    @Home() home: SubAppId,
    @Param('id') id: string,
    @Body() body: ChangeSubAppBody,
  ): Promise<View<typeof subAppView>> {
    const { name, description, state } = body
    return this.manageSubApps.change(home, parseSubAppId(id), {
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(state !== undefined && { state }),
    })
  }
}
