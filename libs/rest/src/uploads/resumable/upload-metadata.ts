import { AppError } from '@libs/kernel'
import { sourceNameOf, type SourceName, type UploadProcedure } from '@libs/workflow'
import { z } from 'zod'
import { checkInput } from '../../check-input'
import { text } from '../../fields'
import { runOrderShape, toRunOrder } from '../../runs/run-order-body'

/** As all of it stands in a header. */
const longestBytes = 8_192

/** Clients send more than they are asked for, and what is said of the type is not believed: what is not here is passed over. */
const uploadMetadata = z.object({
  filename: text(longestBytes).default(''),
  name: text(255).optional(),
  procedure: text(64).optional(),
  ...z.object(runOrderShape).omit({ sessionId: true }).shape,
})

/** What an uploader says of a file: how it is called, and what is to be made of it. */
export interface SaidOfUpload {
  readonly source: SourceName
  readonly procedure: UploadProcedure | undefined
}

/**
 * @param metadata decoded
 * @param written as it came
 * @throws AppError `request.tooLarge`, and as `checkInput`
 */
export function readUploadMetadata(metadata: Readonly<Record<string, string | null>>, written: string): SaidOfUpload {
  if (written.length > longestBytes) {
    throw new AppError('request.tooLarge', `Upload-Metadata is longer than ${longestBytes} bytes.`)
  }
  const given = Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null && value !== ''))
  const { filename, name, procedure, ...order } = checkInput(uploadMetadata, given)
  const source = sourceNameOf(filename.replace(/^.*[/\\]/s, ''))
  return {
    source: { ...source, name: name ?? source.name },
    procedure: procedure === undefined ? undefined : { ...toRunOrder({ ...order, sessionId: '' }), name: procedure },
  }
}
