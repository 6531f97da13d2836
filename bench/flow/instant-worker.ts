import { kinds, type KindName, type Performable } from '@libs/tasks'
import { anOutput } from '@libs/testing'
import { runWorker } from '@libs/worker'

function runInstantly<Name extends KindName, Settings, Request, Output>(
  kind: Performable<Name, Settings, Request, Output>,
  output: Output,
): void {
  runWorker({ ...kind, perform: () => Promise.resolve(output) })
}

/** Workers of the product whose kinds do nothing: what is left is the road there and back. */
export const instantWorkers: Readonly<Record<KindName, () => void>> = {
  snapshotByTimeOffset: () => runInstantly(kinds.snapshotByTimeOffset, anOutput.snapshotByTimeOffset),
  sampleSnapshot: () => runInstantly(kinds.sampleSnapshot, anOutput.sampleSnapshot),
  imageSprites: () => runInstantly(kinds.imageSprites, anOutput.imageSprites),
  coverBySnapshot: () => runInstantly(kinds.coverBySnapshot, anOutput.coverBySnapshot),
  ingest: () => runInstantly(kinds.ingest, anOutput.ingest),
}
