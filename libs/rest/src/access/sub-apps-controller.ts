import type { SubAppId } from '@libs/kernel'
import { ManageSubApps, type SubApp } from '@libs/workflow'
import { Body, Get, Param, Patch, Post, Query } from '@nestjs/common'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { Home } from '../caller'
import { paging, text } from '../fields'
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

/** Sub-applications, for keys of the main one. */
@RestController('sub-apps')
export class SubAppsController {
  constructor(private readonly manageSubApps: ManageSubApps) {}

  @Post()
  create(@Home() home: SubAppId, @Body() about: CreateSubAppBody): Promise<SubApp> {
    return this.manageSubApps.create(home, about)
  }

  @Get()
  list(@Home() home: SubAppId, @Query() query: ListSubAppsQuery): Promise<object> {
    return this.manageSubApps.describe(home, query)
  }

  @Patch(':id')
  change(@Home() home: SubAppId, @Param('id') id: string, @Body() body: ChangeSubAppBody): Promise<SubApp> {
    const { name, description, state } = body
    return this.manageSubApps.change(home, parseSubAppId(id), {
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(state !== undefined && { state }),
    })
  }
}
