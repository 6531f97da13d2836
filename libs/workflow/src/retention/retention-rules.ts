/** How many days something is kept; undefined: for ever. A template may say so of its own results, which then counts. */
export abstract class RetentionRules {
  /** Pictures, after their task has ended. */
  abstract readonly resultsDays: number | undefined
  /** Pictures, after others of the same media, kind and template have come. */
  abstract readonly replacedDays: number | undefined
  /** The file of a media, after the media was made. */
  abstract readonly sourcesDays: number | undefined
  /** Runs with their tasks, after they have ended, and media after they were deleted. */
  abstract readonly runsDays: number | undefined
  abstract readonly eventsDays: number | undefined
}
