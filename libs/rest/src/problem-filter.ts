import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendProblem, toRefusal } from './problem'

/** Turns whatever a controller throws into problem details; what is our fault goes to the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name)

  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = toRefusal(thrown)
    const { cause } = error
    const http = host.switchToHttp()
    const { complete, destroyed } = http.getRequest<IncomingMessage>()
    const isHangUp = destroyed && !complete
    if (error.blame === 'us' && !isHangUp)
      this.logger.error(error.message, cause instanceof Error ? cause.stack : error.stack)
    sendProblem(http.getResponse<ServerResponse>(), error)
  }
}
