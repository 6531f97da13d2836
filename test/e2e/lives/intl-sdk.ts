import { createRequire } from 'node:module'

type Answered = (error: Error | null, reply: unknown) => void

interface Model {
  deserialize(members: object): void
}

/** What is used of the vendor's international SDK, which declares no types. */
interface IntlSdk {
  readonly Client: new (
    credential: object,
    region: string,
    profile: object,
  ) => {
    request(action: string, request: Model, response: Model, options: object, answered: Answered): void
  }
  readonly Models: Readonly<Record<string, new () => Model>>
}

type Constructor = new (...parameters: readonly unknown[]) => object

const load = createRequire(__filename) as (path: string) => unknown
const folder = 'tencentcloud-sdk-nodejs-intl-en/tencentcloud'

export const intlSdk = load(`${folder}/vod/v20180717`) as IntlSdk
export const Credential = load(`${folder}/common/credential`) as Constructor
export const ClientProfile = load(`${folder}/common/profile/client_profile`) as Constructor
export const HttpProfile = load(`${folder}/common/profile/http_profile`) as Constructor
