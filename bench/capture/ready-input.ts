import type { Film } from './engine'
import { type BenchInput } from './inputs/catalogue'
import { type InputFacts, readFacts } from './inputs/input-facts'
import { makeInput } from './inputs/make-input'
import type { Setting } from './setting'

/** An input that is there to be measured with. */
export interface ReadyInput {
  readonly film: Film
  readonly facts: InputFacts
}

export async function makeReady({ tools, engine, folder }: Setting, input: BenchInput): Promise<ReadyInput> {
  const path = await makeInput(tools.ffmpegPath, `${folder}/inputs`, input)
  return { film: await engine.film(path), facts: await readFacts(tools, path) }
}
