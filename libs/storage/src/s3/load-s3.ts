import type * as sdk from '@aws-sdk/client-s3'
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import type { S3Place } from './s3-place'

const connectLimitMs = 5_000

export type S3Sdk = typeof sdk

let loading: Promise<S3Sdk> | undefined

/** The SDK, loaded on first use: a process whose files are in a folder does not carry it. */
export function loadS3(): Promise<S3Sdk> {
  return (loading ??= import('@aws-sdk/client-s3'))
}

/** A client for the place; what it does not say is found as the SDK always does (profiles, roles of the machine). */
export async function connectS3(place: S3Place): Promise<S3Client> {
  const { S3Client } = await loadS3()
  return new S3Client(clientSettings(place))
}

/** What a client of S3 is told, whoever makes it. */
export function clientSettings({ endpoint, region, credentials, stallMs }: S3Place): S3ClientConfig {
  return {
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true, region: 'us-east-1' }),
    ...(region !== undefined && { region }),
    ...(credentials !== undefined && { credentials }),
    // Stores other than Amazon's know neither newer checksums nor their trailers.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: connectLimitMs,
      requestTimeout: stallMs,
      // Also ends a transfer that nobody takes from: whoever paused it comes back with a range.
      socketTimeout: stallMs,
      throwOnRequestTimeout: true,
    },
  }
}
