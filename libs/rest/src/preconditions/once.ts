import { AppError } from '@libs/kernel'
import type { IdempotencyKey } from '@libs/workflow'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { Request } from 'express'
import { createHash } from 'node:crypto'
import { admittedOf } from '../caller'

/** What a caller may make up: visible characters, and spaces between them. */
const possible = /^[\x20-\x7e]{1,255}$/

/** @throws AppError `request.invalidValue` */
function keyOf(request: Request): IdempotencyKey | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !possible.test(key)) {
    throw new AppError('request.invalidValue', 'An idempotency key has 1 to 255 characters of ASCII.', {
      field: 'Idempotency-Key',
    })
  }
  const asked = JSON.stringify([request.method, request.path, request.body])
  const digest = createHash('sha256').update(asked).digest('base64url')
  return { secretId: admittedOf(request).secretId, key, digest }
}

/** The `Idempotency-Key` of a request, under which it is done once; undefined where there is none. */
export const Once = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  keyOf(context.switchToHttp().getRequest<Request>()),
)
