import type { SubAppId } from '@libs/kernel'
import { CreateProcedure, DescribeProcedures } from '@libs/workflow'
import { Body, Get, Post, Query } from '@nestjs/common'
import { createZodDto } from 'nestjs-zod'
import { z } from 'zod'
import { Caller } from '../caller'
import { listing, text } from '../fields'
import { RestController } from '../rest-controller'
import { presentTaskRequest, taskList } from '../runs/task-body'

const longestName = 64

class CreateProcedureBody extends createZodDto(
  z.strictObject({ name: text(longestName).min(1), comment: text(256).default(''), tasks: taskList }),
) {}

class ListProceduresQuery extends createZodDto(z.strictObject({ ...listing, name: text(longestName).optional() })) {}

@RestController('procedures')
export class ProceduresController {
  constructor(
    private readonly createProcedure: CreateProcedure,
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
