import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apps } from '../src/apps/apps'

/** Every app writes its environment to `<data>/<name>.env.json`, says it is ready and ends as the real ones do. */
const longRunning = (name: string, body: string): string => `
  const { createServer } = require('node:http')
  const { writeFileSync } = require('node:fs')
  const { STILLFLOW_DATA_DIR: dataDir, PORT, HOST } = process.env
  writeFileSync(dataDir + '/${name}.env.json', JSON.stringify({ ...process.env, pid: process.pid }))
  setInterval(() => undefined, 1000)
  const end = () => process.exit(0)
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(event, end)
  const ready = () => process.send({ type: 'ready' })
  ${body}`

const api = `
  writeFileSync(dataDir + '/access-key.json', JSON.stringify({ secretId: 'id', secretKey: 'key' }))
  createServer((_request, response) => response.end('here')).listen(Number(PORT), HOST, ready)`

/** Writes small apps that obey the launcher's rules into `folder`, `bodies` replacing what one of them does. */
export function writeStandInApps(folder: string, bodies: Readonly<Record<string, string>> = {}): void {
  const write = (name: string, source: string): void => {
    mkdirSync(join(folder, name, 'src'), { recursive: true })
    writeFileSync(join(folder, name, 'src', 'main.js'), source)
  }
  write('migrate', bodies['migrate'] ?? '')
  write('doctor', bodies['doctor'] ?? '')
  for (const name of Object.keys(apps)) {
    write(name, longRunning(name, bodies[name] ?? (name === 'api' ? api : 'ready()')))
  }
}
