import type { S3Client } from '@aws-sdk/client-s3'
import { timingSafeEqual } from 'node:crypto'
import { loadS3 } from '../load-s3'
import type { S3Place } from '../s3-place'

/**
 * The object that a URL is of which was signed with the same credentials, and for how long it is good is not over:
 * whoever has it may read the object. @returns undefined for every other URL
 */
export async function ownObject(client: S3Client, { endpoint }: S3Place, url: string, nowMs: number) {
  const { host, pathname, searchParams } = new URL(url)
  const signedAt = dateOf(searchParams.get('X-Amz-Date') ?? '')
  const expiresIn = Number(searchParams.get('X-Amz-Expires'))
  if (signedAt === undefined || !(signedAt.getTime() + expiresIn * 1_000 > nowMs)) return undefined
  const names = pathname.split('/').slice(1).map(decoded)
  if (endpoint === undefined) names.unshift(host.replace(/\.s3\..*$/, ''))
  const [Bucket = '', ...segments] = names
  const object = { Bucket, Key: segments.join('/') }
  const [{ GetObjectCommand }, { getSignedUrl }] = await Promise.all([
    loadS3(),
    import('@aws-sdk/s3-request-presigner'),
  ])
  const signed = await getSignedUrl(client, new GetObjectCommand(object), { expiresIn, signingDate: signedAt })
  return isSame(signed, url) ? object : undefined
}

function dateOf(basic: string): Date | undefined {
  const at = new Date(basic.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'))
  return Number.isNaN(at.getTime()) ? undefined : at
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function isSame(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)]
  return first.length === second.length && timingSafeEqual(first, second)
}
