import { AppError, type Clock } from '@libs/kernel'
import { type LentCredentials, UploadUrls } from '@libs/workflow'
import { checkedKey } from '../storage-key'
import { connectS3, loadS3 } from './load-s3'
import { keepingFault } from './s3-fault'
import type { S3Place } from './s3-place'

/** S3 signs URLs for a week at most; STS lends for a quarter of an hour to twelve hours. */
const longestUrlS = 7 * 24 * 3_600
const leastLoanS = 900
const longestLoanS = 12 * 3_600

/** What one who uploads may do, and no more: write the object, at once or in parts. */
const allowed = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts']

/** URLs that S3 itself takes bytes at, and credentials for one object from its STS. */
export class S3UploadUrls extends UploadUrls {
  constructor(
    private readonly s3: S3Place,
    private readonly sts: { readonly roleArn: string | undefined; readonly endpoint: string | undefined },
    private readonly clock: Pick<Clock, 'nowMs'>,
  ) {
    super()
  }

  override get place() {
    return { bucket: this.s3.bucket, region: this.s3.region ?? 'us-east-1', keyPrefix: this.s3.keyPrefix }
  }

  override async putUrlOf(key: string, until: Date): Promise<string> {
    const [{ PutObjectCommand }, { getSignedUrl }, client] = await Promise.all([
      loadS3(),
      import('@aws-sdk/s3-request-presigner'),
      connectS3(this.s3),
    ])
    const put = new PutObjectCommand({ Bucket: this.s3.bucket, Key: this.objectOf(key) })
    const expiresIn = Math.min(longestUrlS, this.secondsUntil(until))
    return getSignedUrl(client, put, { expiresIn }).catch((thrown: unknown) => {
      throw keepingFault(thrown)
    })
  }

  override async lend(key: string, until: Date): Promise<LentCredentials | undefined> {
    if (this.sts.roleArn === undefined) return undefined
    const { STSClient, AssumeRoleCommand } = await import('@aws-sdk/client-sts')
    const { region = 'us-east-1', credentials, bucket } = this.s3
    const client = new STSClient({
      region,
      ...(credentials && { credentials }),
      ...(this.sts.endpoint !== undefined && { endpoint: this.sts.endpoint }),
    })
    const Resource = [`arn:aws:s3:::${bucket}/${this.objectOf(key)}`]
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: allowed, Resource }],
    })
    const DurationSeconds = Math.min(longestLoanS, Math.max(leastLoanS, this.secondsUntil(until)))
    const wanted = { RoleArn: this.sts.roleArn, RoleSessionName: 'stillflow-upload', DurationSeconds, Policy }
    const { Credentials: lent } = await client.send(new AssumeRoleCommand(wanted)).catch((thrown: unknown) => {
      throw keepingFault(thrown)
    })
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = lent ?? {}
    if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
      throw new AppError('storage.failed', 'The storage lent no credentials.')
    }
    const expiresAt = Expiration ?? new Date(this.clock.nowMs() + DurationSeconds * 1_000)
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken, expiresAt }
  }

  private objectOf(key: string): string {
    return this.s3.keyPrefix + checkedKey(key)
  }

  private secondsUntil(until: Date): number {
    return Math.max(1, Math.floor((until.getTime() - this.clock.nowMs()) / 1_000))
  }
}
