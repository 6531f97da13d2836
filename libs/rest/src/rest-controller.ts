import { applyDecorators, Controller, UsePipes } from '@nestjs/common'
import { ApiBasicAuth } from '@nestjs/swagger'
import { CheckInput } from './check-input'

/** A controller under `/v1`: input is checked. */
export function RestController(path: string): ClassDecorator {
  return applyDecorators(Controller(`v1/${path}`), UsePipes(new CheckInput()), ApiBasicAuth())
}
