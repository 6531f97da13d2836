/** What an examination says: all is well, somebody should look, or something does not work. */
export interface Finding {
  readonly verdict: 'well' | 'look' | 'broken'
  /** A word for what was looked at: `ffmpeg`, `database`. */
  readonly about: string
  readonly text: string
  /** What to do. */
  readonly advice?: string
}

/** Looks at one thing. What it throws becomes a finding. */
export interface Examination {
  readonly about: string
  /** What to do when it throws. */
  readonly advice: string
  readonly look: () => Promise<readonly Omit<Finding, 'about'>[]>
}

/** Nothing that is looked at may keep the others from being looked at. */
export async function examine({ about, advice, look }: Examination): Promise<readonly Finding[]> {
  try {
    return (await look()).map((finding) => ({ about, ...finding }))
  } catch (thrown) {
    return [{ about, verdict: 'broken', text: messageOf(thrown), advice }]
  }
}

/** Several addresses of one name may each have failed in their own way. */
function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.message === '') return thrown.errors.map(messageOf).join('; ')
  if (!(thrown instanceof Error)) return String(thrown)
  const cause = thrown.cause instanceof Error ? ` (${messageOf(thrown.cause)})` : ''
  return `${thrown.message}${cause}`
}
