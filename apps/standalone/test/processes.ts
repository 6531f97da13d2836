import { execFileSync, fork, type ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const root = join(__dirname, '..', '..', '..')

/** Runs `body` as a process of its own, with `require` looking into the launcher's compiled sources. */
export function forkWithLauncher(folder: string, body: string): ChildProcess {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')])
  const sources = join(root, 'dist', 'apps', 'standalone', 'src')
  const main = join(folder, 'forked-launcher.js')
  writeFileSync(
    main,
    `const load = (file) => require(require('node:path').join(${JSON.stringify(sources)}, file))\n${body}`,
  )
  return fork(main, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

/** Tries `check` again until it holds; its last complaint is thrown after 20 s. */
export async function eventually(check: () => void | Promise<void>): Promise<void> {
  const givenUpAtMs = Date.now() + 20_000
  for (;;) {
    try {
      await check()
      return
    } catch (thrown) {
      if (Date.now() > givenUpAtMs) throw thrown
      await wait(50)
    }
  }
}
