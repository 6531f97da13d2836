import { Redis } from 'ioredis'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Service } from './started-services'

/** Starts a Redis that keeps nothing, on a random port; undefined when this machine has no `redis-server`. */
export async function startRedis(...options: readonly string[]): Promise<Service | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'stillflow-redis-'))
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true, force: true })
  const port = await freePort()
  const server = spawn(
    'redis-server',
    ['--bind', '127.0.0.1', '--port', port.toString(), '--dir', folder, '--save', '', '--appendonly', 'no', ...options],
    { stdio: 'ignore' },
  )
  try {
    await once(server, 'spawn')
  } catch {
    await removeFolder()
    return undefined
  }
  const exited = once(server, 'exit')
  const url = `redis://127.0.0.1:${port}`
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM')
    await exited
    await removeFolder()
  }
  try {
    await answers(url)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

/** Waits until the server answers, for 5 s at most. */
async function answers(url: string): Promise<void> {
  const redis = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: 100 })
  // What a connection says before the server listens; the last word is the rejected ping.
  redis.on('error', () => undefined)
  try {
    await redis.ping()
  } finally {
    redis.disconnect()
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('This machine gave no free port.')
  return address.port
}
