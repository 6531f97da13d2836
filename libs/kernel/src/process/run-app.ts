import { SettingsError } from '../read-env'

/** Runs an app's start-up; when it fails, says why and ends the process with code 1. */
export function runApp(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.stderr.write(`${whyOf(error)}\n`)
    process.exit(1)
  })
}

/** Where settings were read helps nobody to set them right. */
function whyOf(error: unknown): string {
  if (error instanceof SettingsError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
