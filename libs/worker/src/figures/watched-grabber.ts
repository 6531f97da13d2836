import { type CaptureAccount, FrameGrabber, type GrabbedFrame, type GrabRequest } from '@libs/tasks'

/** A grabber that says how it had its pictures. */
export class WatchedGrabber extends FrameGrabber {
  constructor(
    private readonly grabber: FrameGrabber,
    private readonly onCaptured: (account: CaptureAccount) => void,
  ) {
    super()
  }

  override grab(request: GrabRequest, signal: AbortSignal): Promise<readonly GrabbedFrame[]> {
    return this.grabber.grab({ ...request, onCaptured: this.onCaptured }, signal)
  }
}
