import type { FrameAccuracy } from '@libs/tasks'
import { oneOf } from '../protocol/fields'

/**
 * Our extension: which frame stands for a time, `exact` (the one on screen), `keyframe` (the keyframe at or before it) or
 * `nearestKeyframe`.
 */
export const frameAccuracy = oneOf(['exact', 'keyframe', 'nearestKeyframe'])

/** Member of every task input: overrides the template's for that task alone. */
export const accuracyShape = { FrameAccuracy: frameAccuracy.optional() }

interface VendorAccuracy {
  readonly FrameAccuracy?: FrameAccuracy | undefined
}

interface AskedAccuracy {
  readonly accuracy?: FrameAccuracy | undefined
}

/** What is not given is not there: the template decides then. */
export function decodeAccuracy({ FrameAccuracy }: VendorAccuracy): AskedAccuracy {
  return FrameAccuracy === undefined ? {} : { accuracy: FrameAccuracy }
}

/** Nothing where nothing was given, so that echoes say what the caller said. */
export function encodeAccuracy({ accuracy }: AskedAccuracy): VendorAccuracy {
  return accuracy === undefined ? {} : { FrameAccuracy: accuracy }
}
