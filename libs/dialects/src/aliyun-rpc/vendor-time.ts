/** `YYYY-MM-DDThh:mm:ssZ`, UTC, no fraction. */
export function vendorTime(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}
