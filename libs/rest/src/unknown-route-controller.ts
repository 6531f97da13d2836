import { AppError } from '@libs/kernel'
import { All } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import { RestController } from './rest-controller'

/** The last controller under `/v1`: what no other one serves. */
@ApiExcludeController()
@RestController('*rest')
export class UnknownRouteController {
  @All()
  refuse(): never {
    throw new AppError('request.unknownAction', 'There is nothing at this address, or not for this method.')
  }
}
