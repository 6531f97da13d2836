import { applyDecorators, Controller, UsePipes } from '@nestjs/common'
import { ApiBasicAuth, ApiTags } from '@nestjs/swagger'
import { CheckInput } from './check-input'

/**
 * A controller under `/v1`: input is checked.
 * @param tag what the document puts it under, one of those that `openapi/document.ts` lists
 */
export function RestController(path: string, tag = path.replace(/\/.*/, '')): ClassDecorator {
  return applyDecorators(Controller(`v1/${path}`), UsePipes(new CheckInput()), ApiBasicAuth(), ApiTags(tag))
}
