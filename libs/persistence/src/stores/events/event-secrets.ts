import type { EventConfig } from '@libs/workflow'
import { type Keyring, placeOf } from '../../secrets/keyring'

/** What events of a sub-application are signed with; an empty one is none. */
export type EventSecrets = Pick<EventConfig, 'signKey' | 'secret'>

/** As they are kept. */
export function sealSecrets(keyring: Keyring, subAppId: number, { signKey, secret }: EventSecrets): EventSecrets {
  return {
    signKey: signKey === '' ? '' : keyring.seal(signKey, placeOf('event_config', 'sign_key', subAppId)),
    secret: secret === '' ? '' : keyring.seal(secret, placeOf('event_config', 'secret', subAppId)),
  }
}

/** As they are used. @throws AppError `internal` when they cannot be opened */
export function openSecrets(keyring: Keyring, subAppId: number, { signKey, secret }: EventSecrets): EventSecrets {
  return {
    signKey: signKey === '' ? '' : keyring.open(signKey, placeOf('event_config', 'sign_key', subAppId)),
    secret: secret === '' ? '' : keyring.open(secret, placeOf('event_config', 'secret', subAppId)),
  }
}
