/** Remembers for all processes, for some minutes, when something was first seen. */
export abstract class FirstSeen {
  /**
   * Notes the time unless one is noted.
   * @param digest in base64url
   * @returns the time that is noted, in ms; undefined when nobody can tell
   */
  abstract note(digest: string, atMs: number, keptMs: number): Promise<number | undefined>
}
