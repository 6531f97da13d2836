/** `tasks`: some are due. `aborts`: some were asked for. `deliveries`: some are due. `events`: some can be pulled. */
export type Chime = 'tasks' | 'aborts' | 'deliveries' | 'events'

/** Tells other processes, soon and without promise, that there is work; those who miss it look by themselves. */
export abstract class Doorbell {
  abstract ring(chime: Chime): void

  /** Tells only this process: where every process that could do the work has a loop of its own. */
  abstract ringHere(chime: Chime): void

  /** @returns a function that stops listening */
  abstract listen(chime: Chime, onRing: () => void): () => void
}
