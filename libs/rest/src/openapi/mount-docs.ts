import type { NestExpressApplication } from '@nestjs/platform-express'
import { SwaggerModule } from '@nestjs/swagger'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describeRest } from './document'

/**
 * The page needs its own scripts, its own style beside the elements, and calls to this origin. It does not say
 * `upgrade-insecure-requests`: over plain HTTP browsers would look for its scripts over HTTPS.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Serves the document at `/openapi.json` and a page of it at `/docs`, to anybody. It is made when it is first asked for. */
export function mountDocs(app: NestExpressApplication): void {
  app.use('/docs', (_request: IncomingMessage, response: ServerResponse, next: () => void) => {
    response.setHeader('Content-Security-Policy', policy)
    next()
  })
  SwaggerModule.setup('docs', app, () => describeRest(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Stillflow API',
    // Nobody outside is asked whether the document is valid; a key is forgotten with the page.
    swaggerOptions: { validatorUrl: 'none', persistAuthorization: false, displayRequestDuration: true },
  })
}
