import { z } from 'zod'

const clusterUrl = /^(rediss?)-cluster:\/\/((?:[^@/,]*@)?)([^@/]+)\/?$/

/** Whether this names nodes of a cluster. */
export function isClusterUrl(text: string): boolean {
  return text.split(':')[0]?.endsWith('-cluster') === true
}

/**
 * `redis-cluster://user:password@host:port,host:port` as a URL for each of its nodes.
 * @returns undefined when it is no such thing
 */
export function nodesOf(text: string): readonly URL[] | undefined {
  const [, protocol, login, hosts] = clusterUrl.exec(text) ?? []
  const urls = hosts?.split(',').map((host) => URL.parse(`${protocol}://${login}${host}`))
  return urls?.every((url): url is URL => url !== null && url.hostname !== '') === true ? urls : undefined
}

function isRedisUrl(text: string): boolean {
  if (isClusterUrl(text)) return nodesOf(text) !== undefined
  return /^rediss?:$/.test(URL.parse(text)?.protocol ?? '')
}

/** What REDIS_URL may be. */
export const redisUrl = z.string().refine(isRedisUrl, {
  error: 'expected redis://…, or redis-cluster://<host>:<port>,… with nodes of a cluster; rediss… with TLS',
})
