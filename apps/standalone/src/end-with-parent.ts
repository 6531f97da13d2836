const checkEveryMs = 500

/**
 * Ends this process, as SIGTERM would, when the npm that runs it has died: a killed `npm start` cannot pass its death on.
 * Started in another way the process may outlive its parent, as a service does.
 */
export function endWithParent(env: NodeJS.ProcessEnv): void {
  if (env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, checkEveryMs)
  timer.unref()
}
