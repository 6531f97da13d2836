import { AppError } from '@libs/kernel'
import { UnitOfWork } from '@libs/workflow'
import { Controller, Get, Header } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'

interface Health {
  readonly status: 'ok'
}

/** `/healthz`: the process turns. `/readyz`: it can do its work, so its database answers. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Get('healthz')
  @Header('Cache-Control', 'no-store')
  live(): Health {
    return { status: 'ok' }
  }

  @Get('readyz')
  @Header('Cache-Control', 'no-store')
  async ready(): Promise<Health> {
    try {
      await this.unitOfWork.stores.accessKeys.find('')
      return { status: 'ok' }
    } catch (cause) {
      throw new AppError('storage.failed', 'The database does not answer.', { cause })
    }
  }
}
