import type { SubAppId } from '@libs/kernel'
import { CreateProcedure, DeleteProcedure, DescribeProcedures, ResetProcedure } from '@libs/workflow'
import { Body, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { Caller } from '../caller'
import { listing, text } from '../fields'
import { RestController } from '../rest-controller'
import { presentTaskRequest, procedureTaskList } from '../runs/task-body'

const longestName = 64

class CreateProcedureBody extends createZodDto(
  z.strictObject({ name: text(longestName).min(1), comment: text(256).default(''), tasks: procedureTaskList }),
) {}

class ResetProcedureBody extends createZodDto(
  z.strictObject({ comment: text(256).default(''), tasks: procedureTaskList }),
) {}

class ListProceduresQuery extends createZodDto(z.strictObject({ ...listing, name: text(longestName).optional() })) {}

@RestController('procedures')
export class ProceduresController {
  constructor(
    private readonly createProcedure: CreateProcedure,
    private readonly resetProcedure: ResetProcedure,
    private readonly deleteProcedure: DeleteProcedure,
    private readonly describeProcedures: DescribeProcedures,
  ) {}

  @Post()
  async create(
    @Caller() subAppId: SubAppId,
    @Body() { name, comment, tasks }: CreateProcedureBody,
  ): Promise<{ name: string }> {
    await this.createProcedure.execute({ subAppId, name, comment, tasks })
    return { name }
  }

  @Put(':name')
  async reset(
    @Caller() subAppId: SubAppId,
    @Param('name') name: string,
    @Body() { comment, tasks }: ResetProcedureBody,
  ): Promise<{ name: string }> {
    await this.resetProcedure.execute({ subAppId, name, comment, tasks })
    return { name }
  }

  @Delete(':name')
  @HttpCode(204)
  async remove(@Caller() subAppId: SubAppId, @Param('name') name: string): Promise<void> {
    await this.deleteProcedure.execute(subAppId, name)
  }

  @Get()
  async list(@Caller() subAppId: SubAppId, @Query() { name, ...query }: ListProceduresQuery): Promise<object> {
    const names = name === undefined ? undefined : [name]
    const { totalCount, items } = await this.describeProcedures.execute(subAppId, { ...query, names })
    return {
      totalCount,
      items: items.map((procedure) => ({
        ...procedure,
        tasks: procedure.tasks.map((task) => presentTaskRequest(task)),
      })),
    }
  }
}
