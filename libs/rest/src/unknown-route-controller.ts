import { AppError } from '@libs/kernel'
import { All, Controller } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'

/** The last controller under `/v1`: what no other one serves. */
@ApiExcludeController()
@Controller('v1/*rest')
export class UnknownRouteController {
  @All()
  refuse(): never {
    throw new AppError('request.unknownAction', 'There is nothing at this address, or not for this method.')
  }
}
