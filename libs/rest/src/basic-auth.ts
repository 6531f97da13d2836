import { AppError, type SubAppId } from '@libs/kernel'
import { FindAccessKey } from '@libs/workflow'
import { Injectable } from '@nestjs/common'
import { createHash, timingSafeEqual } from 'node:crypto'

/** HTTP Basic (RFC 7617) with an access key: its id for the user, its secret for the password. */
@Injectable()
export class BasicAuth {
  constructor(private readonly findAccessKey: FindAccessKey) {}

  /** @throws AppError `auth.missing`, `auth.malformed`, `auth.unknownKey`, `auth.badSignature` */
  async authenticate(authorization: string | undefined): Promise<SubAppId> {
    if (authorization === undefined || authorization === '') {
      throw new AppError('auth.missing', 'HTTP Basic with the id and the secret of an access key is needed.')
    }
    const [, token] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization) ?? []
    const [, secretId, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(token ?? '', 'base64').toString()) ?? []
    if (secretId === undefined || secret === undefined) {
      throw new AppError('auth.malformed', 'The Authorization header is not HTTP Basic.')
    }
    const key = await this.findAccessKey.execute(secretId)
    // An unknown key costs as much time as a known one.
    const matches = timingSafeEqual(digest(secret), digest(key?.secretKey ?? ''))
    if (key !== undefined && matches) return key.subAppId
    throw new AppError(key === undefined ? 'auth.unknownKey' : 'auth.badSignature', 'The access key is wrong.')
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
