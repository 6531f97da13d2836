import { Readiness, type ReadinessReport, statusCodeOf } from '@libs/health'
import { Controller, Get, Header, Res } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import type { Response } from 'express'

interface Health {
  readonly status: 'ok'
}

/** `/healthz`: the process turns. `/readyz`: whether it can do its work, and what is wrong where it cannot. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('healthz')
  @Header('Cache-Control', 'no-store')
  live(): Health {
    return { status: 'ok' }
  }

  @Get('readyz')
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadinessReport> {
    const report = await this.readiness.report()
    response.status(statusCodeOf(report))
    return report
  }
}
