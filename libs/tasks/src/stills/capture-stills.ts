import { runInLanes } from '@libs/kernel'
import { abortFault } from '../abort-fault'
import type { Still } from '../artifact'
import { nameFile } from '../file-name'
import type { ExecutionContext } from '../kind'
import { openSource } from '../open-source'
import type { GrabbedFrame } from '../ports/frame-grabber.port'
import { openMarks } from '../watermarks/open-marks'
import type { StillsPlan } from './plan-stills'
import { passBlackOpening } from './pass-black-opening'
import { verifyPicture } from './verify-picture'

/** Checking is work for a core, publishing is waiting for a disk; this keeps both busy. */
const filesAtATime = 4

/**
 * Makes the planned stills, verifies each and publishes it as `<name>.<format>`, or as the plan's file name says.
 * @param names one file name without extension per planned time
 * @returns the stills in the order of the plan
 * @throws AppError what grabbing, verifying and storing throw; nothing is announced unless all are there
 */
export async function captureStills(
  plan: StillsPlan,
  names: readonly string[],
  context: ExecutionContext,
  signal: AbortSignal,
): Promise<readonly Still[]> {
  const { place, tools, report } = context
  const { media, geometry, encoding, accuracy } = plan
  const source = await openSource(media, context, signal)
  const marks = await openMarks(plan.marks, context, signal)
  // An offset may be a frame past the end; the frame there is the last one.
  const atMs = plan.atMs.map((asked) => Math.min(asked, media.durationMs))
  if (plan.avoidBlack !== undefined && atMs[0] === 0) {
    atMs[0] = await passBlackOpening(plan, plan.avoidBlack, source, context, signal)
  }
  const onProgress = (framesDone: number): void => report({ framesDone, frames: atMs.length })
  const frames = await tools.grabber.grab(
    { source, media, atMs, geometry, encoding, accuracy, marks, folder: place.workspace, onProgress },
    signal,
  )
  const promised = { ...geometry, format: encoding.format }
  const pictures = [...new Set(frames.map((frame) => frame.path))]
  await runInLanes(pictures, filesAtATime, (picture) => verifyPicture(picture, promised, tools.composer))
  const asked = frames.map((frame, index) => ({ frame, askedMs: plan.atMs[index] ?? frame.atMs }))
  const kept = plan.distinct === true ? asked.filter(({ frame }, index) => isFirst(frame, index, frames)) : asked
  return runInLanes([...kept.entries()], filesAtATime, async ([index, { frame, askedMs }]) => {
    if (signal.aborted) throw abortFault(signal)
    const name = nameFile(plan.fileName ?? `${names[index] ?? index}.{format}`, index, encoding.format)
    return {
      artifact: await tools.artifacts.put(`${place.artifactPrefix}${name}`, frame.path),
      widthPx: geometry.widthPx,
      heightPx: geometry.heightPx,
      atMs: askedMs,
      ptsMs: frame.ptsMs,
    }
  })
}

function isFirst({ ptsMs }: GrabbedFrame, index: number, frames: readonly GrabbedFrame[]): boolean {
  return frames.findIndex((frame) => frame.ptsMs === ptsMs) === index
}
