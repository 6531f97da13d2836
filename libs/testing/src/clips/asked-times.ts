/** The frames that times are asked around; all of a short clip. */
const probedFrames = 16
const randomTimes = 12

/**
 * Times that tell a right engine from one that is nearly right: both sides of frames' borders, the very start and end,
 * anywhere between, out of order and with repeats. The same ones in every run.
 * @param ptsMs presentation times of the frames, rising from 0
 */
export function askedTimes(ptsMs: readonly number[], durationMs: number, seed: number): readonly number[] {
  const random = randomNumbers(seed)
  const step = Math.max(1, ptsMs.length / probedFrames)
  const frames = Array.from({ length: Math.min(ptsMs.length, probedFrames) }, (_, k) =>
    Math.min(ptsMs.length - 1, Math.floor(k * step + random() * step)),
  )
  const borders = [...frames, ptsMs.length - 1].flatMap((frame) => {
    const atMs = ptsMs[frame] ?? 0
    return [microseconds(atMs), microseconds(atMs) + 0.001, atMs - 0.005]
  })
  const anywhere = Array.from({ length: randomTimes }, () => microseconds(random() * durationMs))
  const times = [0, durationMs, ...borders, ...anywhere].filter((atMs) => atMs >= 0 && atMs <= durationMs)
  return [...shuffled(times, random), 0, times[0] ?? 0]
}

/** What a container's clock can say, so up to half a microsecond before the frame. */
function microseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000
}

function shuffled(times: readonly number[], random: () => number): readonly number[] {
  return times
    .map((atMs) => ({ atMs, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ atMs }) => atMs)
}

/** Numbers in [0, 1) by the linear congruence of Numerical Recipes. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
