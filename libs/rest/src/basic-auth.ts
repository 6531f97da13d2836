import { AppError } from '@libs/kernel'
import { type AccessKey, EnterSubApp, type KeyFinder, ProveCaller } from '@libs/workflow'
import { Injectable } from '@nestjs/common'
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { parseSubAppId } from './access/sub-app-id'
import type { Admitted } from './caller'

/** HTTP Basic (RFC 7617) with an access key: its id for the user, its secret for the password. */
@Injectable()
export class BasicAuth {
  constructor(
    private readonly proveCaller: ProveCaller,
    private readonly enterSubApp: EnterSubApp,
  ) {}

  /**
   * A key of the main application acts in the sub-application that `Stillflow-Sub-App` names, if any.
   * @param address of the client
   * @throws AppError `auth.missing`, `auth.malformed`, `auth.badSignature`, `auth.tooOften`, `subApp.notFound`, `subApp.off`
   */
  async admit({ authorization, 'stillflow-sub-app': asked }: IncomingHttpHeaders, address: string): Promise<Admitted> {
    const {
      secretId,
      subAppId: home,
      scopes,
    } = await this.proveCaller.execute(address, (findKey) => prove(authorization, findKey))
    const subApp = asked === undefined ? undefined : parseSubAppId(String(asked))
    return { secretId, home, ...(scopes && { scopes }), subAppId: await this.enterSubApp.execute(home, subApp) }
  }
}

async function prove(authorization: string | undefined, findKey: KeyFinder): Promise<AccessKey> {
  if (authorization === undefined || authorization === '') {
    throw new AppError('auth.missing', 'HTTP Basic with the id and the secret of an access key is needed.')
  }
  const [, token] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization) ?? []
  const [, secretId, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(token ?? '', 'base64').toString()) ?? []
  if (secretId === undefined || secret === undefined) {
    throw new AppError('auth.malformed', 'The Authorization header is not HTTP Basic.')
  }
  const key = await findKey(secretId)
  // An unknown key costs as much time as a known one, and is not told from a wrong secret.
  const matches = timingSafeEqual(digest(secret), digest(key?.secretKey ?? ''))
  if (key !== undefined && matches) return key
  throw new AppError('auth.badSignature', 'The access key is wrong.')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
