/** Passes lines of apps on, `<app>: <text>`, but not what another app has said before: five workers find the same ffmpeg. */
export function toldOnce(report: (line: string) => void): (line: string) => void {
  const firstToSay = new Map<string, string>()
  return (line) => {
    const [, app, text] = /^([\w-]+): (.*)$/s.exec(line) ?? []
    if (app === undefined || text === undefined) {
      report(line)
      return
    }
    const first = firstToSay.get(text) ?? app
    firstToSay.set(text, first)
    if (first === app) report(line)
  }
}
