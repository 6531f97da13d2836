import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** A TCP port of `host` that nobody listens on at this moment. */
export async function freePort(host: string): Promise<number> {
  const port = await tryToListen(host, 0)
  if (typeof port !== 'number') throw port
  return port
}

/**
 * Resolves when `port` of `host` can be listened on: the apps of a launcher that was just killed may need a moment to go.
 * @throws Error that names the port when it is still taken after `limitMs`
 */
export async function portToBeFree(host: string, port: number, limitMs: number): Promise<void> {
  const givenUpAtMs = Date.now() + limitMs
  for (;;) {
    const outcome = await tryToListen(host, port)
    if (typeof outcome === 'number') return
    if (Date.now() > givenUpAtMs) {
      throw new Error(`Cannot listen on ${host}:${port} (${outcome.message}); set PORT to another port.`)
    }
    await wait(100)
  }
}

async function tryToListen(host: string, port: number): Promise<number | Error> {
  const server = createServer()
  try {
    server.listen(port, host)
    await once(server, 'listening')
    const address = server.address()
    return address !== null && typeof address === 'object' ? address.port : port
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown))
  } finally {
    server.close()
  }
}
