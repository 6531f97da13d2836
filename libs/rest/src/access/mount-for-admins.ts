import { countAnswer } from '@libs/health'
import { AppError, mainSubApp } from '@libs/kernel'
import { InFlight, refuseOutOfScope } from '@libs/workflow'
import type { NestExpressApplication } from '@nestjs/platform-express'
import type { Request } from 'express'
import type { ServerResponse } from 'node:http'
import { BasicAuth } from '../basic-auth'
import { sendProblem, toRefusal } from '../problem'

type Serve = (request: Request, response: ServerResponse, next: (error?: unknown) => void) => Promise<void>

/**
 * Puts a page of the whole product in front of an app, for keys of the main application with the scope `admin`. What it
 * throws is answered with problem details. To be called before `listen`.
 */
export function mountForAdmins(app: NestExpressApplication, path: string, serve: Serve): void {
  const [basicAuth, inFlight] = [app.get(BasicAuth), app.get(InFlight)]
  const answer: Serve = async (request, response, next) => {
    response.once('close', inFlight.enter('call'))
    const admitted = await basicAuth.admit(request.headers, request.ip ?? '')
    if (admitted.home !== mainSubApp) {
      throw new AppError('auth.forbidden', 'Only a key of the main application may look at this.')
    }
    refuseOutOfScope(admitted, 'admin')
    await serve(request, response, next)
  }
  app.use(path, (request: Request, response: ServerResponse, next: (error?: unknown) => void) => {
    countAnswer(response, () => ({ door: 'rest', route: path }))
    response.setHeader('Cache-Control', 'no-store')
    answer(request, response, next).catch((thrown: unknown) => {
      const error = toRefusal(thrown)
      sendProblem(response, error, error.code === 'internal' ? 503 : undefined)
    })
  })
}
