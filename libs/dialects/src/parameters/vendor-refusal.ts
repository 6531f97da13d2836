import { AppError, type AppErrorOptions, type ErrorCode } from '@libs/kernel'

/** A refusal for which an action has a code of its own. */
export class VendorRefusal extends AppError {
  constructor(
    code: ErrorCode,
    detail: string,
    options: AppErrorOptions,
    readonly vendorCode: string | undefined,
  ) {
    super(code, detail, options)
  }
}
