import { inheritedEnv, readEnv, SettingsError } from '@libs/kernel'
import { doctorEnv, type DoctorSettings } from './doctor-env'
import { examineTheDatabase } from './examinations/database'
import { examineEgress } from './examinations/egress'
import { examineMediaTools } from './examinations/media-tools'
import { examineQueue } from './examinations/queue'
import { examineStore } from './examinations/store'
import { examineMachine } from './examinations/this-machine'
import { examine, type Finding } from './finding'

/**
 * Looks at all that the apps need, side by side. With settings that are wrong it says which, and looks no further.
 * @param url a video's, to be tried as well
 */
export async function lookAtAll(
  url: string | undefined,
  env: NodeJS.ProcessEnv = inheritedEnv(),
): Promise<readonly Finding[]> {
  const settings = settingsIn(env)
  if ('findings' in settings) return settings.findings
  const examinations = [
    ...examineMachine(settings),
    examineMediaTools(settings),
    examineTheDatabase(settings),
    examineQueue(settings),
    examineStore(settings),
    ...examineEgress(settings, url),
  ]
  return (await Promise.all(examinations.map(examine))).flat()
}

/** The settings of all apps; or what is wrong with them. */
function settingsIn(env: NodeJS.ProcessEnv): DoctorSettings | { readonly findings: readonly Finding[] } {
  try {
    return readEnv(doctorEnv, env)
  } catch (thrown) {
    if (!(thrown instanceof SettingsError)) throw thrown
    const advice = 'see "Settings" in README.md'
    return { findings: thrown.problems.map((text) => ({ about: 'settings', verdict: 'broken', text, advice })) }
  }
}
