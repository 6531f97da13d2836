import { applyDecorators, Controller, UseFilters, UsePipes } from '@nestjs/common'
import { ApiBasicAuth } from '@nestjs/swagger'
import { CheckInput } from './check-input'
import { ProblemFilter } from './problem-filter'

/** A controller under `/v1`: input is checked, refusals are problem details. */
export function RestController(path: string): ClassDecorator {
  return applyDecorators(
    Controller(`v1/${path}`),
    UsePipes(new CheckInput()),
    UseFilters(ProblemFilter),
    ApiBasicAuth(),
  )
}
