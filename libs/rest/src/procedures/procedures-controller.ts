import type { SubAppId } from '@libs/kernel'
import { CreateProcedure, DeleteProcedure, DescribeProcedures, type Procedure, ResetProcedure } from '@libs/workflow'
import { Body, Delete, Get, Param, Post, Put, Query, Res } from '@nestjs/common'
import { createZodDto } from 'nestjs-zod'
import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { Caller } from '../caller'
import { listing, text } from '../fields'
import { Operation } from '../openapi/operation'
import { moment, pageView, type View } from '../openapi/view'
import { entityTagOf } from '../preconditions/entity-tag'
import { IfMatch, type Precondition } from '../preconditions/if-match'
import { RestController } from '../rest-controller'
import { presentTaskRequest } from '../runs/views/present-task-request'
import { procedureTaskList } from '../runs/task-body'
import { taskRequestView } from '../runs/views/task-view'

const longestName = 64

class CreateProcedureBody extends createZodDto(
  z.strictObject({ name: text(longestName).min(1), comment: text(256).default(''), tasks: procedureTaskList }),
) {}

class ResetProcedureBody extends createZodDto(
  z.strictObject({ comment: text(256).default(''), tasks: procedureTaskList }),
) {}

class ListProceduresQuery extends createZodDto(z.strictObject({ ...listing, name: text(longestName).optional() })) {}

const nameView = z.object({ name: z.string() }).meta({ id: 'ProcedureName' })

const procedureView = z
  .object({
    name: z.string(),
    type: z.enum(['preset', 'custom']),
    comment: z.string(),
    tasks: z.array(taskRequestView),
    createdAt: moment,
    updatedAt: moment,
  })
  .meta({ id: 'Procedure' })

const procedurePage = pageView('ProcedurePage', procedureView)

const exampleTasks = [
  { kind: 'snapshotByTimeOffset', definition: 10, offsets: ['3.5s', '50%'] },
  { kind: 'imageSprites', definition: 10 },
]

@RestController('procedures', { acting: 'manage' })
export class ProceduresController {
  constructor(
    private readonly createProcedure: CreateProcedure,
    private readonly resetProcedure: ResetProcedure,
    private readonly deleteProcedure: DeleteProcedure,
    private readonly describeProcedures: DescribeProcedures,
  ) {}

  @Post()
  @Operation({
    summary: 'Store a named list of tasks',
    status: 201,
    answers: nameView,
    refuses: ['procedure.alreadyExists', 'procedure.limitReached', 'template.notFound'],
    example: { body: { name: 'seek-bar', comment: 'For the player.', tasks: exampleTasks } },
  })
  async create(
    @Caller() subAppId: SubAppId,
    @Body() { name, comment, tasks }: CreateProcedureBody,
  ): Promise<{ name: string }> {
    await this.createProcedure.execute({ subAppId, name, comment, tasks })
    return { name }
  }

  @Put(':name')
  @Operation({
    summary: 'Replace the tasks of a procedure',
    answers: nameView,
    tagged: true,
    refuses: ['procedure.notFound', 'procedure.isPreset', 'template.notFound', 'request.outdated'],
    example: { path: { name: 'previews' }, body: { tasks: exampleTasks } },
  })
  async reset(
    @Caller() subAppId: SubAppId,
    @Param('name') name: string,
    @Body() { comment, tasks }: ResetProcedureBody,
    @IfMatch() check: Precondition,
  ): Promise<{ name: string }> {
    await this.resetProcedure.execute({ subAppId, name, comment, tasks }, (current) => check(present(current)))
    return { name }
  }

  @Delete(':name')
  @Operation({
    summary: 'Delete a procedure',
    tagged: true,
    refuses: ['procedure.notFound', 'procedure.isPreset', 'request.outdated'],
    example: { path: { name: 'previews' } },
  })
  async remove(
    @Caller() subAppId: SubAppId,
    @Param('name') name: string,
    @IfMatch() check: Precondition,
  ): Promise<void> {
    await this.deleteProcedure.execute(subAppId, name, (current) => check(present(current)))
  }

  @Get(':name')
  @Operation({
    summary: 'Describe a procedure',
    answers: procedureView,
    tagged: true,
    refuses: ['procedure.notFound'],
    example: { path: { name: 'previews' } },
  })
  async describe(
    @Caller() subAppId: SubAppId,
    @Param('name') name: string,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<View<typeof procedureView>> {
    const shown = present(await this.describeProcedures.one(subAppId, name))
    response.setHeader('ETag', entityTagOf(shown))
    return shown
  }

  @Get()
  @Operation({
    summary: 'List procedures, presets among them',
    answers: procedurePage,
    example: { query: { type: 'custom', name: 'previews' } },
  })
  async list(
    @Caller() subAppId: SubAppId,
    @Query() { name, ...query }: ListProceduresQuery,
  ): Promise<View<typeof procedurePage>> {
    const names = name === undefined ? undefined : [name]
    const { totalCount, items } = await this.describeProcedures.execute(subAppId, { ...query, names })
    return { totalCount, items: items.map(present) }
  }
}

function present(procedure: Procedure): View<typeof procedureView> {
  return { ...procedure, tasks: procedure.tasks.map(presentTaskRequest) }
}
