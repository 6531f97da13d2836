import { Doorbell } from '@libs/workflow'

/** Nobody hears it: whoever waits looks by itself. */
export class SilentDoorbell extends Doorbell {
  override ring(): void {
    return
  }

  override ringHere(): void {
    return
  }

  override listen(): () => void {
    return () => undefined
  }
}
